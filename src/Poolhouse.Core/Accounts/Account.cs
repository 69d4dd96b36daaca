using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts;

/// <summary>An account's unchanging id: a UUID.</summary>
public readonly record struct AccountId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What an application knows of a user of its pool: the record that everything around the pool hangs on (sessions, invitations, documents,
/// the tree, links). The pool stays the one truth about password, factors and attributes; e-mail and locale are copied here when they are seen.
/// </summary>
public sealed record Account
{
    /// <summary>Its id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The user's pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>The user in the pool; with the application it is unique.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The user's name in the pool, which signs in.</summary>
    public required string PoolUsername { get; init; }

    /// <summary>In lower case; unique within the application. Null where the user has none that is verified, or has lost it to somebody who verified it.</summary>
    public string? Email { get; init; }

    /// <summary>As the person wrote it; unique within the application by <see cref="AccountUsername"/>'s key. Null where there is none.</summary>
    public string? Username { get; init; }

    /// <summary>The person's language tag; null where they chose none.</summary>
    public string? Locale { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its user was first seen to be confirmed; null before.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}
