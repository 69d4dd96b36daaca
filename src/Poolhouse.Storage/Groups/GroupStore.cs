using System.Data.Common;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Storage.Users;

namespace Poolhouse.Storage.Groups;

/// <summary>Groups and who is in them.</summary>
internal sealed class GroupStore(DatabaseSession session) : IGroupStore
{
    private const string Columns = "g.pool_id, g.name, g.description, g.role_arn, g.precedence, g.created_at, g.modified_at";

    public ValueTask<bool> CreateAsync(Group group, CancellationToken ct) => session
        .Statement(
            """
            insert into groups (pool_id, name, description, role_arn, precedence, created_at, modified_at)
            values (@pool_id, @name, @description, @role_arn, @precedence, @created_at, @modified_at)
            on conflict do nothing
            returning name
            """)
        .Text("pool_id", group.PoolId.Value)
        .Text("name", group.Name)
        .Text("description", group.Description)
        .Text("role_arn", group.RoleArn)
        .Bigint("precedence", group.Precedence)
        .Time("created_at", group.CreatedAt)
        .Time("modified_at", group.ModifiedAt)
        .AnyAsync(ct);

    public ValueTask<Group?> FindAsync(PoolId pool, string name, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from groups g
            where g.pool_id = @pool_id and g.name = @name
            """)
        .Text("pool_id", pool.Value)
        .Text("name", name)
        .FindAsync(Read, ct);

    public ValueTask<Group?> UpdateAsync(PoolId pool, string name, GroupChange change, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update groups
            set description = coalesce(@description, description), role_arn = coalesce(@role_arn, role_arn),
                precedence = coalesce(@precedence, precedence), modified_at = @modified_at
            where pool_id = @pool_id and name = @name
            returning pool_id, name, description, role_arn, precedence, created_at, modified_at
            """)
        .Text("description", change.Description)
        .Text("role_arn", change.RoleArn)
        .Bigint("precedence", change.Precedence)
        .Time("modified_at", now)
        .Text("pool_id", pool.Value)
        .Text("name", name)
        .FindAsync(Read, ct);

    public ValueTask<bool> DeleteAsync(PoolId pool, string name, CancellationToken ct) => session
        .Statement("delete from groups where pool_id = @pool_id and name = @name returning name")
        .Text("pool_id", pool.Value)
        .Text("name", name)
        .AnyAsync(ct);

    // Scans the pool's part of the primary key, which the quota keeps small.
    public ValueTask<long> CountAsync(PoolId pool, CancellationToken ct) => session
        .Statement("select count(*) from groups where pool_id = @pool_id")
        .Text("pool_id", pool.Value)
        .FindAsync(static row => row.GetInt64(0), ct);

    public async ValueTask<Page<Group>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct)
    {
        var groups = await session
            .Statement(
                $"""
                select {Columns}
                from groups g
                where g.pool_id = @pool_id and g.name > @after
                order by g.name
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("after", after ?? "")
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(groups, limit, group => group.Name);
    }

    public async ValueTask<JoinOutcome> AddMemberAsync(PoolId pool, string name, Sub sub, CancellationToken ct)
    {
        // The user's row is what calls about one user wait for, so that two of them can't both be the hundredth.
        var isUser = await session
            .Statement("select sub from users where pool_id = @pool_id and sub = @sub {locked}")
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .AnyAsync(ct);
        if (!isUser) return JoinOutcome.NoUser;

        var isGroup = await session
            .Statement("select name from groups where pool_id = @pool_id and name = @name {key_locked}")
            .Text("pool_id", pool.Value)
            .Text("name", name)
            .AnyAsync(ct);
        if (!isGroup) return JoinOutcome.NoGroup;

        var isAdded = await session
            .Statement(
                """
                insert into group_members (pool_id, group_name, user_created_at, sub)
                select g.pool_id, g.name, u.created_at, u.sub
                from groups g
                join users u on u.pool_id = g.pool_id and u.sub = @sub
                where g.pool_id = @pool_id and g.name = @name
                and (select count(*) from group_members m where m.pool_id = @pool_id and m.sub = @sub) < @most
                on conflict do nothing
                returning sub
                """)
            .Text("sub", sub.Value)
            .Text("pool_id", pool.Value)
            .Text("name", name)
            .Bigint("most", Group.MostPerUser)
            .AnyAsync(ct);
        return isAdded || await IsMemberAsync(pool, name, sub, ct) ? JoinOutcome.Member : JoinOutcome.TooMany;
    }

    public ValueTask<bool> RemoveMemberAsync(PoolId pool, string name, Sub sub, CancellationToken ct) => session
        .Statement("delete from group_members where pool_id = @pool_id and group_name = @name and sub = @sub returning sub")
        .Text("pool_id", pool.Value)
        .Text("name", name)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    public async ValueTask<Page<Group>> ListOfUserAsync(PoolId pool, Sub sub, int limit, string? after, CancellationToken ct) =>
        Paging.Cut(await ListOfUserFromAsync(pool, sub, limit + 1, after ?? "", ct), limit, group => group.Name);

    public async ValueTask<IReadOnlyList<Group>> ListAllOfUserAsync(PoolId pool, Sub sub, CancellationToken ct) =>
        await ListOfUserFromAsync(pool, sub, Group.MostPerUser, "", ct);

    public async ValueTask<Page<User>> ListMembersAsync(PoolId pool, string name, int limit, string? after, CancellationToken ct)
    {
        // As UserList.ByValueAsync: the limit stands inside, and the age is part of the join.
        var cursor = AgeCursor.Parse(after);
        var users = await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from (
                    select m.pool_id, m.user_created_at, m.sub
                    from group_members m
                    where m.pool_id = @pool_id and m.group_name = @name and (m.user_created_at, m.sub) > (@after_at, @after_sub)
                    order by m.user_created_at, m.sub
                    limit @limit) f
                join users u on u.pool_id = f.pool_id and u.created_at = f.user_created_at and u.sub = f.sub
                order by f.user_created_at, f.sub
                """)
            .Text("pool_id", pool.Value)
            .Text("name", name)
            .Bigint("after_at", cursor.CreatedAt)
            .Text("after_sub", cursor.Sub)
            .Bigint("limit", limit + 1L)
            .ListAsync(UserRow.Read, ct);
        return Paging.Cut(users, limit, AgeCursor.Of);
    }

    private ValueTask<List<Group>> ListOfUserFromAsync(PoolId pool, Sub sub, int limit, string after, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from group_members m
            join groups g on g.pool_id = m.pool_id and g.name = m.group_name
            where m.pool_id = @pool_id and m.sub = @sub and m.group_name > @after
            order by m.group_name
            limit @limit
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("after", after)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    private ValueTask<bool> IsMemberAsync(PoolId pool, string name, Sub sub, CancellationToken ct) => session
        .Statement("select sub from group_members where pool_id = @pool_id and group_name = @name and sub = @sub")
        .Text("pool_id", pool.Value)
        .Text("name", name)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    private static Group Read(DbDataReader row) => new()
    {
        PoolId = new PoolId(row.GetString(0)),
        Name = row.GetString(1),
        Description = row.TextOrNull(2),
        RoleArn = row.TextOrNull(3),
        Precedence = row.IsDBNull(4) ? null : checked((int)row.GetInt64(4)),
        CreatedAt = row.Time(5),
        ModifiedAt = row.Time(6),
    };
}
