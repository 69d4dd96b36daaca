using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>
/// One page of a pool's users or of those with a status, the oldest first. Rows lie in the order in which they came, so a page of
/// the list is a few pages of the file; by sub, which is random, each user would lie on another.
/// </summary>
internal sealed class UsersByAge(DatabaseSession session, PoolId pool, int limit, AgeCursor after)
{
    private static readonly Page<User> Nobody = new([], null);
    private static readonly bool[] Flags = [false, true];

    /// <summary>Everybody.</summary>
    public async ValueTask<Page<User>> AllAsync(CancellationToken ct)
    {
        var users = await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and (u.created_at, u.sub) > (@after_at, @after_sub)
                order by u.created_at, u.sub
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Bigint("after_at", after.CreatedAt)
            .Text("after_sub", after.Sub)
            .Bigint("limit", limit + 1L)
            .ListAsync(UserRow.Read, ct);
        return Paging.Cut(users, limit, AgeCursor.Of);
    }

    // Both statuses are ranges even where they are one value, and stand in the order: with "is_enabled = @x order by created_at"
    // PostgreSQL may take the index without the status, and reads the whole pool where nobody has it.

    /// <summary>By <c>cognito:user_status</c>, then age.</summary>
    public async ValueTask<Page<User>> WithStatusAsync(UserFilter filter, CancellationToken ct)
    {
        // API_ListUsers: cognito:user_status is the status of the account, upper case. Those that begin alike are neighbours.
        var statuses = Enum.GetValues<UserStatus>()
            .Select(EnumText.Of)
            .Where(status => Matches(filter, status.ToUpperInvariant()))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (statuses.Count == 0) return Nobody;

        var users = await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and (u.status, u.created_at, u.sub) > (@after, @after_at, @after_sub) and u.status <= @last
                order by u.status, u.created_at, u.sub
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("after", after.Rest ?? statuses[0])
            .Bigint("after_at", after.CreatedAt)
            .Text("after_sub", after.Sub)
            .Text("last", statuses[^1])
            .Bigint("limit", limit + 1L)
            .ListAsync(UserRow.Read, ct);
        return Paging.Cut(users, limit, static user => AgeCursor.Of(user, EnumText.Of(user.Status)));
    }

    /// <summary>By <c>status</c>, then age.</summary>
    public async ValueTask<Page<User>> EnabledAsync(UserFilter filter, CancellationToken ct)
    {
        var flags = Flags.Where(isEnabled => Matches(filter, Text(isEnabled))).ToList();
        if (flags.Count == 0) return Nobody;

        var users = await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and (u.is_enabled, u.created_at, u.sub) > (@after, @after_at, @after_sub) and u.is_enabled <= @last
                order by u.is_enabled, u.created_at, u.sub
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Flag("after", after.Rest is { } rest ? rest == Text(true) : flags[0])
            .Bigint("after_at", after.CreatedAt)
            .Text("after_sub", after.Sub)
            .Flag("last", flags[^1])
            .Bigint("limit", limit + 1L)
            .ListAsync(UserRow.Read, ct);
        return Paging.Cut(users, limit, static user => AgeCursor.Of(user, Text(user.IsEnabled)));
    }

    // API_ListUsers: status is Enabled or Disabled.
    private static string Text(bool isEnabled) => isEnabled ? "Enabled" : "Disabled";

    private static bool Matches(UserFilter filter, string text) =>
        filter.IsPrefix ? text.StartsWith(filter.Value, StringComparison.Ordinal) : text == filter.Value;
}
