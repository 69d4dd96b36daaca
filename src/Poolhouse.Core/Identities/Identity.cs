namespace Poolhouse.Core.Identities;

/// <summary>One identity: a guest, or whoever holds its logins.</summary>
public sealed record Identity
{
    /// <summary>Unchanging.</summary>
    public required IdentityId Id { get; init; }

    /// <summary>The pool it belongs to, and goes with.</summary>
    public required IdentityPoolId PoolId { get; init; }

    /// <summary>Whether it never had a login. One that lost its last login is no guest: it is nobody's (API_UnlinkIdentity).</summary>
    public required bool IsGuest { get; init; }

    /// <summary>False once it was merged into another one.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its logins last changed.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>What is linked to it.</summary>
    public IReadOnlyList<IdentityLogin> Logins { get; init; } = [];
}

/// <summary>A login that is linked to an identity.</summary>
/// <param name="Provider">In its one stored form; see <see cref="ProviderNames"/>.</param>
/// <param name="Subject">Who it is at that provider.</param>
/// <param name="IsDeveloper">Whether the provider is the developer's own; an identity may have many logins of that one.</param>
public sealed record IdentityLogin(string Provider, string Subject, bool IsDeveloper);
