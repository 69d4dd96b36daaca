using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Stores;

/// <summary>Users and the names they sign in with. Uniqueness of names is the database's, not ours.</summary>
public interface IUserStore
{
    /// <summary>The user, or null.</summary>
    ValueTask<User?> FindAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>The user with that username or, failing that, that alias (both normalized by the pool), or null.</summary>
    ValueTask<User?> FindByNameAsync(PoolId pool, string normalizedName, CancellationToken ct);

    /// <summary>The user with the family its token claims, in one read; nulls where there is none.</summary>
    ValueTask<(User? User, TokenFamily? Family)> FindWithFamilyAsync(PoolId pool, Sub sub, string familyId, CancellationToken ct);

    /// <summary>
    /// What tells whether user and family are still as they were read, at a fraction of the cost of reading them; <c>default</c>
    /// where there is no such user.
    /// </summary>
    ValueTask<CallerVersion> FindVersionAsync(PoolId pool, Sub sub, string familyId, CancellationToken ct);

    /// <summary>The family with its user, in one read; nulls where there is none.</summary>
    ValueTask<(User? User, TokenFamily? Family)> FindOfFamilyAsync(string familyId, CancellationToken ct);

    /// <summary>Adds the user with the aliases it holds.</summary>
    ValueTask<SaveUserOutcome> CreateAsync(User user, string normalizedUsername, IReadOnlyList<Alias> aliases, CancellationToken ct);

    /// <summary>
    /// Replaces the user if nobody changed it since <c>user.Version</c> was read, and makes <paramref name="aliases"/> the
    /// aliases it holds. The stored version is one higher afterwards. An alias with <c>MayMove</c> is taken from who holds it.
    /// </summary>
    ValueTask<SaveUserOutcome> UpdateAsync(User user, IReadOnlyList<Alias> aliases, CancellationToken ct);

    /// <summary>Who holds an alias, or null.</summary>
    ValueTask<Sub?> FindAliasHolderAsync(PoolId pool, string attribute, string normalizedValue, CancellationToken ct);

    /// <summary>Removes the user and all that belongs to it; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>
    /// Users of a pool, in a total order: by sub or username where the filter is about these, else by what the filter is about and then
    /// by age, the oldest first. <paramref name="limit"/> 1–60.
    /// </summary>
    ValueTask<Page<User>> ListAsync(PoolId pool, UserFilter? filter, int limit, string? after, CancellationToken ct);

    /// <summary>How many users the pool has: exact up to 10,000, beyond that within about 1 %.</summary>
    ValueTask<long> EstimateCountAsync(PoolId pool, CancellationToken ct);
}

/// <summary>A name beside the username that signs in.</summary>
/// <param name="Attribute"><c>email</c>, <c>phone_number</c> or <c>preferred_username</c>.</param>
/// <param name="NormalizedValue">Its value under the pool's normalization.</param>
/// <param name="MayMove">Whether it is taken from another holder (a verified alias moves), or refused.</param>
public sealed record Alias(string Attribute, string NormalizedValue, bool MayMove = false);

/// <summary>API_ListUsers: <c>attribute = "value"</c> or <c>attribute ^= "value"</c>.</summary>
/// <param name="Attribute">One of <see cref="Searchable"/>.</param>
/// <param name="Value">Compared as it stands.</param>
/// <param name="IsPrefix">Whether it is the beginning that must match.</param>
public sealed record UserFilter(string Attribute, string Value, bool IsPrefix)
{
    /// <summary>What can be searched; custom attributes can't. Sorted.</summary>
    public static IReadOnlyList<string> Searchable { get; } =
    [
        "cognito:user_status", "email", "family_name", "given_name", "name", "phone_number", "preferred_username", "status", "sub", "username",
    ];
}

/// <summary>How an attempt to store a user ended.</summary>
public abstract record SaveUserOutcome
{
    private SaveUserOutcome() { }

    /// <summary>It is stored.</summary>
    public sealed record Saved : SaveUserOutcome;

    /// <summary>Another user has the username.</summary>
    public sealed record UsernameTaken : SaveUserOutcome;

    /// <summary>Another user holds the alias; the unit must be abandoned.</summary>
    public sealed record AliasTaken(string Attribute) : SaveUserOutcome;

    /// <summary>Somebody changed or removed the user meanwhile: read it again.</summary>
    public sealed record Stale : SaveUserOutcome;
}

/// <summary>A moment in the life of a user and one token family.</summary>
/// <param name="Number"><c>User.Version</c>.</param>
/// <param name="ModifiedAt"><c>User.ModifiedAt</c>.</param>
/// <param name="IsLive">Whether the family is there, the user's, and not revoked.</param>
public readonly record struct CallerVersion(long Number, DateTimeOffset ModifiedAt, bool IsLive);
