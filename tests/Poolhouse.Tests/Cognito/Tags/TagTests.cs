using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Tags;

/// <summary>TagResource, UntagResource and ListTagsForResource.</summary>
public sealed class TagTests
{
    [Fact]
    public async Task Tags_are_added_replaced_and_removed_and_are_the_pools_own()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["UserPoolTags"] = new JsonObject { ["a"] = "1", ["b"] = "2" } });
        var arn = (await DescribeAsync(pool))["Arn"]!.GetValue<string>();

        var tagged = await TagAsync(pool, arn, new JsonObject { ["b"] = "3", ["c"] = "" });
        var untagged = await pool.World.CallAsync("UntagResource", new JsonObject { ["ResourceArn"] = arn, ["TagKeys"] = new JsonArray("a", "z") });

        (tagged.Text, untagged.Text).ShouldBe(("{}", "{}"));
        (await pool.World.DoAsync("ListTagsForResource", new JsonObject { ["ResourceArn"] = arn }))["Tags"]!.ToJsonString()
            .ShouldBe("""{"b":"3","c":""}""");
        (await DescribeAsync(pool))["UserPoolTags"]!.ToJsonString().ShouldBe("""{"b":"3","c":""}""");
    }

    [Fact]
    public async Task A_pool_has_fifty_tags_at_most()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var arn = (await DescribeAsync(pool))["Arn"]!.GetValue<string>();
        var tags = new JsonObject();
        for (var i = 0; i < 50; i++) tags[$"k{i}"] = "v";

        (await TagAsync(pool, arn, tags)).Status.ShouldBe(200);
        (await TagAsync(pool, arn, new JsonObject { ["k0"] = "w" })).Status.ShouldBe(200);
        (await TagAsync(pool, arn, new JsonObject { ["one more"] = "v" }))
            .ShouldBeError("InvalidParameterException", "A user pool can have at most 50 tags.");
    }

    [Theory]
    [InlineData("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_nowhere", "ResourceNotFoundException")]
    [InlineData("arn:aws:cognito-idp:us-east-1:999999999999:userpool/us-east-1_nowhere", "ResourceNotFoundException")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:000000000000:userpool/us-east-1_nowhere", "ResourceNotFoundException")]
    [InlineData("arn:aws:cognito-identity:us-east-1:000000000000:identitypool/us-east-1_a", "InvalidParameterException")]
    [InlineData("arn:aws:cognito-idp:us-east-1:000000000000:userpool", "InvalidParameterException")]
    public async Task Another_arn_is_refused(string arn, string type)
    {
        var world = await World.OnAsync();

        (await world.CallAsync("ListTagsForResource", new JsonObject { ["ResourceArn"] = arn })).ShouldBeError(type);
        (await world.CallAsync("TagResource", new JsonObject { ["ResourceArn"] = arn, ["Tags"] = new JsonObject { ["a"] = "b" } })).ShouldBeError(type);
        (await world.CallAsync("UntagResource", new JsonObject { ["ResourceArn"] = arn, ["TagKeys"] = new JsonArray("a") })).ShouldBeError(type);
    }

    private static Task<Answer> TagAsync(TestPool pool, string arn, JsonObject tags) =>
        pool.World.CallAsync("TagResource", new JsonObject { ["ResourceArn"] = arn, ["Tags"] = tags });

    private static async Task<JsonObject> DescribeAsync(TestPool pool) =>
        (await pool.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!.AsObject();
}
