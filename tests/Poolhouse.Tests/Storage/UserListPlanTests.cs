using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Storage;
using Poolhouse.Storage.Groups;
using Poolhouse.Storage.Users;

namespace Poolhouse.Tests.Storage;

/// <summary>
/// What a page of a list costs is what its plan is: one range of one index, and no more users than the page has. SQLite is asked for
/// the plan of each text that the list ran; PostgreSQL tells the plans that it took by itself.
/// </summary>
public sealed partial class UserListPlanTests(PlanFixture fixture) : IClassFixture<PlanFixture>
{
    private const int Limit = 60;

    /// <summary>Filter, and the index of its first table.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "", "users_age" },
        { "cognito:user_status = \"CONFIRMED\"", "users_status_age" },
        { "cognito:user_status = \"UNCONFIRMED\"", "users_status_age" },
        { "cognito:user_status ^= \"C\"", "users_status_age" },
        { "status = \"Enabled\"", "users_enabled_age" },
        { "status = \"Disabled\"", "users_enabled_age" },
        { "status ^= \"\"", "users_enabled_age" },
        { "email = \"mail100100@example.com\"", "user_search" },
        { "email ^= \"mail1001\"", "user_search" },
        { "name = \"Ada\"", "user_search" },
        { "name ^= \"A\"", "user_search" },
        { "username ^= \"user1\"", "users_username" },
        { "sub ^= \"s1\"", "users_pkey" },
        { "group", "group_members" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Sqlite_reads_a_page_from_one_range(string list, string index)
    {
        using var connection = new SqliteConnection(fixture.Sqlite);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var statements = new Dictionary<string, Statement>(StringComparer.Ordinal);
        await ReadTwoPagesAsync(new DatabaseSession(connection, Dialect.Sqlite, prepared: statements), list);

        foreach (var sql in statements.Keys)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the list's.
            command.CommandText = "explain query plan " + sql;
#pragma warning restore CA2100
            foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct()) command.Parameters.AddWithValue(name, 1);
            var plan = new List<string>();
            using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(reader.GetString(3));

            var text = string.Join('\n', plan);
            text.ShouldContain(Sqlite(index), customMessage: text);
            // f is the page itself, read from an index within.
            plan.ShouldNotContain(step => step.StartsWith("SCAN ") && step != "SCAN f", text);
            if (index is "user_search" or "group_members") text.ShouldContain("SEARCH u USING INDEX users_age (pool_id=? AND created_at=? AND sub=?)", customMessage: text);
            else text.ShouldNotContain("TEMP B-TREE", customMessage: text);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Postgres_reads_a_page_from_one_range(string list, string index)
    {
        await using var connection = new NpgsqlConnection(fixture.Postgres);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(connection, "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on; set client_min_messages = log");
        var plans = new List<string>();
        connection.Notice += (_, notice) => plans.Add(notice.Notice.MessageText);
        await ReadTwoPagesAsync(new DatabaseSession(connection, Dialect.Postgres), list);

        plans.ShouldNotBeEmpty();
        foreach (var plan in plans)
        {
            plan.ShouldContain(index is "user_search" or "group_members" ? index + "_pkey" : index, customMessage: plan);
            foreach (var waste in new[] { "Seq Scan", "Hash Join", "Merge Join", "Rows Removed" }) plan.ShouldNotContain(waste, customMessage: plan);
        }
    }

    // The second page from the middle, where a plan that reads from the beginning shows.
    private static async Task ReadTwoPagesAsync(DatabaseSession session, string list)
    {
        var ct = TestContext.Current.CancellationToken;
        var filter = UserFilterParser.Parse(list == "group" ? "" : list) is UserFilterOutcome.Some some ? some.Filter : null;
        var pool = new PoolId(PlanFixture.Pool);
        foreach (var after in new[] { null, Middle(filter) })
        {
            var page = list == "group"
                ? await new GroupStore(session).ListMembersAsync(pool, "g", Limit, after, ct)
                : await new UserList(session, pool, Limit, after).ReadAsync(filter, ct);
            if (filter is null) page.Items.Count.ShouldBe(Limit);
        }
    }

    private static string Middle(UserFilter? filter) => filter?.Attribute switch
    {
        null => "102000 s",
        "cognito:user_status" => "102000 s confirmed",
        "status" => $"102000 s {filter.Value}",
        "sub" => "s102000",
        "username" => "user102000",
        _ => $"102000 s {filter.Value}",
    };

    private static string Sqlite(string index) => index switch
    {
        "users_pkey" => "SEARCH u USING INDEX sqlite_autoindex_users_1 (pool_id=? AND sub>",
        "user_search" => "SEARCH s USING PRIMARY KEY (pool_id=? AND attribute=? AND ",
        "group_members" => "SEARCH m USING PRIMARY KEY (pool_id=? AND group_name=? AND (user_created_at,sub)>(?,?))",
        _ => $"SEARCH u USING INDEX {index} (pool_id=? AND ",
    };

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Parameter();

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
