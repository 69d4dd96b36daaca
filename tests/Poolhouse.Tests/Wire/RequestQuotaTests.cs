using System.Text.Json.Nodes;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire.Quotas;
using Poolhouse.Tests.Docs;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

public sealed class RequestQuotaTests
{
    [Fact]
    public async Task Beyond_the_quota_of_a_category_calls_are_told_to_come_back_and_others_are_served()
    {
        await using var world = await StartAsync("--RequestQuotas:UserPoolRead", "3");
        var pool = await world.PoolAsync();
        Task<Answer> DescribeAsync() => world.CallAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id });
        await world.AdvanceAsync("PT5S");

        var (answers, seconds) = await RunAsync(64, DescribeAsync);

        var refused = answers.Where(a => a.Status != 200).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(a => a.Status == 400 && a.Type == "TooManyRequestsException" && a.Message == "Rate exceeded");
        answers.Count(a => a.Status == 200).ShouldBeInRange(3, (int)(3 * (seconds + 2)));
        (await world.CallAsync("ListUsers", new JsonObject { ["UserPoolId"] = pool.Id })).Status.ShouldBe(200);
        await world.AdvanceAsync("PT2S");
        (await DescribeAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_user_has_ten_reads_a_second_and_another_user_ten_more()
    {
        await using var world = await StartAsync();
        var pool = await world.PoolAsync();
        var bob = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var eve = await (await pool.ConfirmedAsync("eve")).SignInAsync();
        await world.AdvanceAsync("PT5S");

        var (answers, _) = await RunAsync(64, () => world.OwnAsync("GetUser", bob));

        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "TooManyRequestsException" && a.Message == "Too many requests");
        answers.Count(a => a.Status != 200).ShouldBeGreaterThan(0);
        (await world.OwnAsync("GetUser", eve)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_call_without_a_right_token_uses_up_nothing_and_a_clock_set_back_holds_up_nobody()
    {
        await using var world = await StartAsync("--RequestQuotas:UserRead", "2");
        var pool = await world.PoolAsync();
        var bob = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        await RunAsync(64, () => world.CallAsync("GetUser", new JsonObject { ["AccessToken"] = "a.b.c" }));
        (await world.OwnAsync("GetUser", bob)).Status.ShouldBe(200);
        await world.AdvanceAsync("-PT10M");
        (await world.OwnAsync("GetUser", bob)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_limits_that_are_asked_for_are_those_that_act()
    {
        await using var world = await StartAsync("--RequestQuotas:UserAuthentication", "500", "--RequestQuotas:UserList", "0");
        JsonObject Asking(string category, int? wanted = null)
        {
            var request = new JsonObject
            {
                ["LimitDefinition"] = new JsonObject { ["LimitClass"] = "API_CATEGORY", ["Attributes"] = new JsonObject { ["Category"] = category } },
            };
            if (wanted is not null) request["RequestedLimitValue"] = wanted;
            return request;
        }

        var found = (await world.DoAsync("GetProvisionedLimit", Asking("UserAuthentication")))["Limit"]!;
        (found["ProvisionedLimitValue"]!.GetValue<int>(), found["FreeLimitValue"]!.GetValue<int>()).ShouldBe((500, 120));
        (await world.CallAsync("GetProvisionedLimit", Asking("UserList"))).ShouldBeError("ResourceNotFoundException");
        (await world.CallAsync("GetProvisionedLimit", Asking("Nothing"))).ShouldBeError("InvalidParameterException");
        (await world.CallAsync("UpdateProvisionedLimit", Asking("UserAuthentication", 500))).Status.ShouldBe(200);
        (await world.CallAsync("UpdateProvisionedLimit", Asking("UserAuthentication", 501))).ShouldBeError(
            "InvalidParameterException", "Limits of this server are set in its configuration, by RequestQuotas.");
    }

    [Fact]
    public async Task In_Development_nothing_is_limited()
    {
        var world = await World.OnAsync();

        var (answers, _) = await RunAsync(64, () => world.CallAsync("ListUserPools", new JsonObject { ["MaxResults"] = 1 }));

        answers.ShouldAllBe(a => a.Status == 200);
    }

    [Fact]
    public void Every_operation_has_a_category_with_a_quota() =>
        CognitoIdpModel.Operations.Values.ShouldAllBe(operation => QuotaCategories.Defaults.ContainsKey(QuotaCategories.Of(operation)));

    [Fact]
    public void The_documentation_has_every_category()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "quotas.md"));

        QuotaCategories.Defaults.Keys.ShouldAllBe(category => page.Contains($"`{category}`", StringComparison.Ordinal));
    }

    private static Task<World> StartAsync(params string[] arguments) => World.StartAsync(Engine.Sqlite, ["--enforce-request-quotas", "true", .. arguments]);

    private static async Task<(Answer[] Answers, double Seconds)> RunAsync(int count, Func<Task<Answer>> call)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(call)));
        return (answers, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
