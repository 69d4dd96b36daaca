using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>The values by which ListUsers finds users. Names and statuses have indexes of their own.</summary>
internal sealed class UserSearch(DatabaseSession session)
{
    /// <summary>Adds the entries of a new user, all in one statement.</summary>
    public ValueTask<int> AddAsync(User user, CancellationToken ct) => session
        .Statement(
            """
            insert into user_search (pool_id, attribute, value, user_created_at, sub)
            select @pool_id, t.attribute, t.value, @created_at, @sub
            from (
                select 'email' as attribute, @email as value
                union all select 'family_name', @family_name
                union all select 'given_name', @given_name
                union all select 'name', @name
                union all select 'phone_number', @phone_number
                union all select 'preferred_username', @preferred_username) t
            where t.value is not null
            """)
        .Text("pool_id", user.PoolId.Value)
        .Time("created_at", user.CreatedAt)
        .Text("sub", user.Sub.Value)
        .Text("email", Value(user, "email"))
        .Text("family_name", Value(user, "family_name"))
        .Text("given_name", Value(user, "given_name"))
        .Text("name", Value(user, "name"))
        .Text("phone_number", Value(user, "phone_number"))
        .Text("preferred_username", Value(user, "preferred_username"))
        .ExecuteAsync(ct);

    /// <summary>Replaces the entries of a user where they differ, which is seldom: most updates change none of them.</summary>
    public async ValueTask ReplaceAsync(User user, CancellationToken ct)
    {
        var stored = await session
            .Statement("select attribute, value from user_search where pool_id = @pool_id and sub = @sub")
            .Text("pool_id", user.PoolId.Value)
            .Text("sub", user.Sub.Value)
            .ListAsync(static row => (Attribute: row.GetString(0), Value: row.GetString(1)), ct);
        var wanted = Attributes.Count(attribute => Value(user, attribute) is not null);
        if (stored.Count == wanted && stored.TrueForAll(entry => Value(user, entry.Attribute) == entry.Value)) return;

        await session
            .Statement("delete from user_search where pool_id = @pool_id and sub = @sub")
            .Text("pool_id", user.PoolId.Value)
            .Text("sub", user.Sub.Value)
            .ExecuteAsync(ct);
        await AddAsync(user, ct);
    }

    private static readonly string[] Attributes = ["email", "family_name", "given_name", "name", "phone_number", "preferred_username"];

    private static string? Value(User user, string attribute) =>
        user[attribute] is { } value ? IndexedText.Beginning(value) : null;
}
