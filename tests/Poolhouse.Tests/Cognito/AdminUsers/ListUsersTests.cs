using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server.Wire;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class ListUsersTests
{
    [Fact]
    public async Task Pages_hold_everybody_once()
    {
        var pool = await FilledAsync("ann", "bob", "cem", "dee", "eve");

        var names = new List<string>();
        string? token = null;
        do
        {
            var request = new JsonObject { ["Limit"] = 2 };
            if (token is not null) request["PaginationToken"] = token;
            var page = await ListAsync(pool, request).ShouldSucceedAsync();
            page["Users"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            names.AddRange(Names(page));
            token = page["PaginationToken"]?.GetValue<string>();
        }
        while (token is not null);

        names.ShouldBe(["ann", "bob", "cem", "dee", "eve"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("username = \"bob\"", "bob")]
    [InlineData("name ^= \"O\\\"\"", "bob")]
    [InlineData("status = \"disabled\"", "cem")]
    [InlineData("cognito:user_status = \"force_change_password\"", "ann bob cem")]
    [InlineData("email = \"nobody@example.com\"", "")]
    [InlineData("", "ann bob cem")]
    public async Task A_filter_finds_its_users(string filter, string expected)
    {
        var pool = await FilledAsync("ann", "bob", "cem");
        await pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("name", "O\"Neil")) });
        await pool.AdminAsync("AdminDisableUser", "cem");

        var page = await ListAsync(pool, new JsonObject { ["Filter"] = filter }).ShouldSucceedAsync();

        Names(page).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Theory]
    [InlineData("custom:foo = \"x\"", "Invalid search attribute: custom:foo")]
    [InlineData("name = bob", "Error while parsing filter")]
    public async Task Another_filter_is_refused(string filter, string message)
    {
        var pool = await FilledAsync();

        (await ListAsync(pool, new JsonObject { ["Filter"] = filter })).ShouldBeError("InvalidParameterException", message);
    }

    [Fact]
    public async Task Attributes_are_restricted_to_what_is_asked()
    {
        var pool = await FilledAsync("bob");
        await pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("name", "Bob"), ("nickname", "B")) });

        var page = await ListAsync(pool, new JsonObject { ["AttributesToGet"] = new JsonArray("name") }).ShouldSucceedAsync();

        page["Users"]![0]!["Attributes"]!.ToJsonString().ShouldBe("""[{"Name":"name","Value":"Bob"}]""");
        (await ListAsync(pool, new JsonObject { ["AttributesToGet"] = new JsonArray("custom:none") })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task A_token_serves_its_own_list_only()
    {
        var pool = await FilledAsync("ann", "bob");
        var other = await FilledAsync("ann", "bob");
        var token = (await ListAsync(pool, new JsonObject { ["Limit"] = 1 }).ShouldSucceedAsync())["PaginationToken"]!.GetValue<string>();

        foreach (var (target, filter, marker) in new[] { (other, "", token), (pool, "username ^= \"b\"", token), (pool, "", token + "A"), (pool, "", "x") })
        {
            var request = new JsonObject { ["Limit"] = 1, ["Filter"] = filter, ["PaginationToken"] = marker };
            (await ListAsync(target, request)).ShouldBeError("InvalidParameterException", "Paging Marker is Invalid for Request");
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("status", "Enabled")]
    public async Task A_token_of_the_order_before_is_none(string? attribute, string? value)
    {
        var pool = await FilledAsync("ann", "bob");
        var tokens = pool.World.Services.GetRequiredService<PageTokens>();
        var token = tokens.Seal("6f1c8a90-0000-4000-8000-000000000000", "ListUsers", pool.Id, attribute, value, attribute is null ? null : "=");

        var request = new JsonObject { ["PaginationToken"] = token, ["Filter"] = attribute is null ? "" : $"{attribute} = \"{value}\"" };
        (await ListAsync(pool, request)).ShouldBeError("InvalidParameterException", "Paging Marker is Invalid for Request");
    }

    [Theory]
    [InlineData(0, "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData(61, "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60")]
    public async Task A_page_has_bounds(int limit, string message) =>
        (await ListAsync(await FilledAsync(), new JsonObject { ["Limit"] = limit })).ShouldBeError("InvalidParameterException", message);

    private static Task<Answer> ListAsync(TestPool pool, JsonObject request)
    {
        request["UserPoolId"] = pool.Id;
        return pool.World.CallAsync("ListUsers", request);
    }

    private static IEnumerable<string> Names(JsonObject page) => page["Users"]!.AsArray().Select(user => user!["Username"]!.GetValue<string>());

    private static async Task<TestPool> FilledAsync(params string[] names)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        foreach (var name in names) await pool.AdminAsync("AdminCreateUser", name, new JsonObject { ["MessageAction"] = "SUPPRESS" }).ShouldSucceedAsync();
        return pool;
    }
}
