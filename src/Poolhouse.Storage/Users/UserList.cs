using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>One page of users: each way to ask is a range of one index, read from the cursor on.</summary>
internal sealed class UserList(DatabaseSession session, PoolId pool, int limit, string? after)
{
    // No text lies between a text and itself with this appended, so "after x" becomes "from x + this". U+0000 is never stored:
    // PostgreSQL refuses it.
    private const string Successor = "\u0001";

    public ValueTask<Page<User>> ReadAsync(UserFilter? filter, CancellationToken ct) => filter switch
    {
        null => ByAge().AllAsync(ct),
        { Attribute: "cognito:user_status" } => ByAge().WithStatusAsync(filter, ct),
        { Attribute: "status" } => ByAge().EnabledAsync(filter, ct),
        { Attribute: "sub", IsPrefix: true } => BySubAsync(filter.Value, ct),
        { Attribute: "sub" } => OneBySubAsync(filter.Value, ct),
        { Attribute: "username", IsPrefix: true } => ByUsernameAsync(filter.Value, ct),
        { Attribute: "username" } => OneByUsernameAsync(filter.Value, ct),
        _ => ByValueAsync(filter, ct),
    };

    private UsersByAge ByAge() => new(session, pool, limit, AgeCursor.Parse(after));

    private async ValueTask<Page<User>> BySubAsync(string prefix, CancellationToken ct)
    {
        var end = IndexedText.EndOfPrefix(prefix);
        var statement = session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and u.sub >= @start{(end is null ? "" : " and u.sub < @end")}
                order by u.sub
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("start", after is null ? prefix : after + Successor)
            .Bigint("limit", limit + 1L);
        if (end is not null) statement.Text("end", end);
        return Paging.Cut(await statement.ListAsync(UserRow.Read, ct), limit, static user => user.Sub.Value);
    }

    private async ValueTask<Page<User>> ByUsernameAsync(string prefix, CancellationToken ct)
    {
        var end = IndexedText.EndOfPrefix(prefix);
        var statement = session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and u.username >= @start{(end is null ? "" : " and u.username < @end")}
                order by u.username
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("start", after is null ? prefix : after + Successor)
            .Bigint("limit", limit + 1L);
        if (end is not null) statement.Text("end", end);
        return Paging.Cut(await statement.ListAsync(UserRow.Read, ct), limit, static user => user.Username);
    }

    private async ValueTask<Page<User>> OneBySubAsync(string sub, CancellationToken ct) => new(
        await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and u.sub = @sub
                """)
            .Text("pool_id", pool.Value)
            .Text("sub", sub)
            .ListAsync(UserRow.Read, ct),
        null);

    private async ValueTask<Page<User>> OneByUsernameAsync(string username, CancellationToken ct) => new(
        await session
            .Statement(
                $"""
                select {UserRow.Columns}
                from users u
                where u.pool_id = @pool_id and u.username = @username
                """)
            .Text("pool_id", pool.Value)
            .Text("username", username)
            .ListAsync(UserRow.Read, ct),
        null);

    private async ValueTask<Page<User>> ByValueAsync(UserFilter filter, CancellationToken ct)
    {
        var value = IndexedText.Beginning(filter.Value);
        var cursor = AgeCursor.Parse(after);
        // A whole value is told as one: as a range, PostgreSQL would reckon with many values and plan each call anew.
        var statement = filter.IsPrefix ? Prefix(filter.Attribute, value, cursor) : Whole(filter.Attribute, value, cursor);
        var users = await statement.ListAsync(UserRow.Read, ct);
        var page = Paging.Cut(users, limit, user => AgeCursor.Of(user, IndexedText.Beginning(user[filter.Attribute] ?? "")));
        return Recheck(page, filter);
    }

    private Statement Whole(string attribute, string value, AgeCursor cursor) => session
        .Statement(
            $"""
            select {UserRow.Columns}
            from (
                select s.pool_id, s.user_created_at, s.sub
                from user_search s
                where s.pool_id = @pool_id and s.attribute = @attribute and s.value = @value
                and (s.user_created_at, s.sub) > (@after_at, @after_sub)
                order by s.user_created_at, s.sub
                limit @limit) f
            join users u on u.pool_id = f.pool_id and u.created_at = f.user_created_at and u.sub = f.sub
            order by f.user_created_at, f.sub
            """)
        .Text("pool_id", pool.Value)
        .Text("attribute", attribute)
        .Text("value", value)
        .Bigint("after_at", cursor.CreatedAt)
        .Text("after_sub", cursor.Sub)
        .Bigint("limit", limit + 1L);

    // The limit stands inside, so that PostgreSQL can't join the whole pool first. The age finds users who came one after another near
    // each other, in the index as in the table.
    private Statement Prefix(string attribute, string value, AgeCursor cursor)
    {
        var end = IndexedText.EndOfPrefix(value);
        var statement = session
            .Statement(
                $"""
                select {UserRow.Columns}
                from (
                    select s.pool_id, s.value, s.user_created_at, s.sub
                    from user_search s
                    where s.pool_id = @pool_id and s.attribute = @attribute
                    and (s.value, s.user_created_at, s.sub) > (@after, @after_at, @after_sub){(end is null ? "" : " and s.value < @end")}
                    order by s.value, s.user_created_at, s.sub
                    limit @limit) f
                join users u on u.pool_id = f.pool_id and u.created_at = f.user_created_at and u.sub = f.sub
                order by f.value, f.user_created_at, f.sub
                """)
            .Text("pool_id", pool.Value)
            .Text("attribute", attribute)
            .Text("after", cursor.Rest ?? value)
            .Bigint("after_at", cursor.CreatedAt)
            .Text("after_sub", cursor.Sub)
            .Bigint("limit", limit + 1L);
        return end is null ? statement : statement.Text("end", end);
    }

    // Only a value as long as the indexed part can have matched by its beginning alone. The page gets shorter; its cursor holds.
    private static Page<User> Recheck(Page<User> page, UserFilter filter)
    {
        if (filter.Value.Length < IndexedText.MaxLength - 1) return page;
        return page with { Items = [.. page.Items.Where(Matches)] };

        bool Matches(User user) => user[filter.Attribute] is { } value
            && (filter.IsPrefix ? value.StartsWith(filter.Value, StringComparison.Ordinal) : value == filter.Value);
    }
}
