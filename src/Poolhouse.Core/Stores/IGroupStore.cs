using Poolhouse.Core.Groups;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Stores;

/// <summary>Groups and who is in them.</summary>
public interface IGroupStore
{
    /// <summary>Adds the group; false if the name is taken.</summary>
    ValueTask<bool> CreateAsync(Group group, CancellationToken ct);

    /// <summary>The group, or null.</summary>
    ValueTask<Group?> FindAsync(PoolId pool, string name, CancellationToken ct);

    /// <summary>Sets what is not null and <c>ModifiedAt</c> in one statement; the changed group, or null if there is none.</summary>
    ValueTask<Group?> UpdateAsync(PoolId pool, string name, GroupChange change, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes the group, not its members; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, string name, CancellationToken ct);

    /// <summary>How many groups the pool has.</summary>
    ValueTask<long> CountAsync(PoolId pool, CancellationToken ct);

    /// <summary>Groups of a pool in order of name. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<Group>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct);

    /// <summary>Puts a user into a group. Safe to repeat.</summary>
    ValueTask<JoinOutcome> AddMemberAsync(PoolId pool, string name, Sub sub, CancellationToken ct);

    /// <summary>Takes a user out of a group; false if it wasn't in it or there is no such group.</summary>
    ValueTask<bool> RemoveMemberAsync(PoolId pool, string name, Sub sub, CancellationToken ct);

    /// <summary>Groups of a user in order of name. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<Group>> ListOfUserAsync(PoolId pool, Sub sub, int limit, string? after, CancellationToken ct);

    /// <summary>Every group of a user in order of name, in one statement: at most <see cref="Group.MostPerUser"/>.</summary>
    ValueTask<IReadOnlyList<Group>> ListAllOfUserAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Users in a group, the oldest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<User>> ListMembersAsync(PoolId pool, string name, int limit, string? after, CancellationToken ct);
}

/// <summary>What to set on a group; null keeps what is there.</summary>
public sealed record GroupChange(string? Description, string? RoleArn, int? Precedence);

/// <summary>How an attempt to join a group ended.</summary>
public enum JoinOutcome
{
    /// <summary>The user is in the group, by this call or before.</summary>
    Member,

    /// <summary>There is no such user.</summary>
    NoUser,

    /// <summary>There is no such group.</summary>
    NoGroup,

    /// <summary>The user is in as many groups as it may be.</summary>
    TooMany,
}
