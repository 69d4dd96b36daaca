using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Sessions;

public sealed class SessionConfigurationTests
{
    [Fact]
    public async Task A_pool_begins_without_tracking()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await GetAsync(pool);

        answer.Json["UserPoolId"]!.GetValue<string>().ShouldBe(pool.Id);
        answer.Json["UserSessionTracking"]!.GetValue<string>().ShouldBe("DISABLED");
        answer.Json["TokenSession"]!["MaxPerUser"]!.GetValue<int>().ShouldBe(20);
    }

    [Fact]
    public async Task What_is_set_is_answered_and_survives_an_update_of_the_pool()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.TrackAsync("ENABLED", 100)).Text.ShouldBe($$$"""{"UserPoolId":"{{{pool.Id}}}","UserSessionTracking":"ENABLED","TokenSession":{"MaxPerUser":100}}""");
        await pool.World.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        (await GetAsync(pool)).Text.ShouldBe($$$"""{"UserPoolId":"{{{pool.Id}}}","UserSessionTracking":"ENABLED","TokenSession":{"MaxPerUser":100}}""");
    }

    [Theory]
    [InlineData("ENABLED", 0)]
    [InlineData("ENABLED", 101)]
    [InlineData("ENABLED", -1)]
    [InlineData("ON", 20)]
    public async Task What_is_out_of_range_is_refused(string tracking, int most)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.TrackAsync(tracking, most)).ShouldBeError("InvalidParameterException");

        (await GetAsync(pool)).Json["UserSessionTracking"]!.GetValue<string>().ShouldBe("DISABLED");
    }

    [Fact]
    public async Task The_lite_tier_has_none_and_cannot_be_gone_back_to()
    {
        var world = await World.OnAsync();
        var lite = await world.PoolAsync(new JsonObject { ["UserPoolTier"] = "LITE" }, new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") });
        var pool = await world.SessionPoolAsync(client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") });

        (await lite.TrackAsync("ENABLED", 20)).ShouldBeError("FeatureUnavailableInTierException");
        (await world.CallAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id, ["UserPoolTier"] = "LITE" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_client_has_the_default_and_nothing_else()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.World.CallAsync("GetUserPoolClientSessionConfiguration", Client(pool));
        answer.Text.ShouldBe($$$"""{"UserPoolId":"{{{pool.Id}}}","ClientId":"{{{pool.ClientId}}}","SSOSession":{"MaxValidityMinutes":60}}""");
        (await SetAsync(pool, 60)).Text.ShouldBe(answer.Text);
        (await SetAsync(pool, 0)).Message.ShouldStartWith("SSOSession.MaxValidityMinutes: ");
        (await SetAsync(pool, 129_601)).Text.ShouldContain("less than or equal to 129600");
    }

    [Fact]
    public async Task A_client_of_another_pool_does_not_exist()
    {
        var world = await World.OnAsync();
        var (pool, foreign) = (await world.PoolAsync(), await world.PoolAsync());
        var request = Client(pool);
        request["ClientId"] = foreign.ClientId;

        (await world.CallAsync("GetUserPoolClientSessionConfiguration", request)).ShouldBeError("ResourceNotFoundException");
    }

    private static JsonObject Client(TestPool pool) => new() { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId };

    private static Task<Answer> SetAsync(TestPool pool, int minutes)
    {
        var request = Client(pool);
        request["SSOSession"] = new JsonObject { ["MaxValidityMinutes"] = minutes };
        return pool.World.CallAsync("SetUserPoolClientSessionConfiguration", request);
    }

    private static Task<Answer> GetAsync(TestPool pool) =>
        pool.World.CallAsync("GetUserPoolSessionConfiguration", new JsonObject { ["UserPoolId"] = pool.Id });
}
