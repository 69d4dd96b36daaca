using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>The values by which ListUsers finds users. <c>sub</c> and <c>username</c> have indexes of their own.</summary>
internal sealed class UserSearch(DatabaseSession session)
{
    /// <summary>Adds the entries of a new user, all in one statement.</summary>
    public ValueTask<int> AddAsync(User user, CancellationToken ct) => session
        .Statement(
            """
            insert into user_search (pool_id, attribute, value, sub)
            select @pool_id, t.attribute, t.value, @sub
            from (
                select 'cognito:user_status' as attribute, @user_status as value
                union all select 'email', @email
                union all select 'family_name', @family_name
                union all select 'given_name', @given_name
                union all select 'name', @name
                union all select 'phone_number', @phone_number
                union all select 'preferred_username', @preferred_username
                union all select 'status', @status) t
            where t.value is not null
            """)
        .Text("pool_id", user.PoolId.Value)
        .Text("sub", user.Sub.Value)
        .Text("user_status", Value(user, "cognito:user_status"))
        .Text("email", Value(user, "email"))
        .Text("family_name", Value(user, "family_name"))
        .Text("given_name", Value(user, "given_name"))
        .Text("name", Value(user, "name"))
        .Text("phone_number", Value(user, "phone_number"))
        .Text("preferred_username", Value(user, "preferred_username"))
        .Text("status", Value(user, "status"))
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

    /// <summary>The whole value that a filter compares, or null.</summary>
    public static string? WholeValue(User user, string attribute) => attribute switch
    {
        // API_ListUsers: status is Enabled or Disabled, cognito:user_status is the status of the account, upper case.
        "cognito:user_status" => EnumText.Of(user.Status).ToUpperInvariant(),
        "status" => user.IsEnabled ? "Enabled" : "Disabled",
        _ => user[attribute],
    };

    private static readonly string[] Attributes =
    [
        "cognito:user_status", "email", "family_name", "given_name", "name", "phone_number", "preferred_username", "status",
    ];

    private static string? Value(User user, string attribute) =>
        WholeValue(user, attribute) is { } value ? IndexedText.Beginning(value) : null;
}
