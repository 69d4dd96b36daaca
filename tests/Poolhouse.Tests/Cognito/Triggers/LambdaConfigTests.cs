using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class LambdaConfigTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:f";

    [Fact]
    public async Task Everything_is_stored_described_listed_and_taken_away_by_an_update_without_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var config = new JsonObject();
        foreach (var kind in new[]
        {
            "PreSignUp", "CustomMessage", "PostConfirmation", "PreAuthentication", "PostAuthentication", "DefineAuthChallenge", "CreateAuthChallenge",
            "VerifyAuthChallengeResponse", "PreTokenGeneration", "UserMigration",
        })
            config[kind] = $"{Arn}-{kind}:live";
        config["PreTokenGenerationConfig"] = new JsonObject { ["LambdaVersion"] = "V3_0", ["LambdaArn"] = $"{Arn}-PreTokenGeneration:live" };
        config["CustomSMSSender"] = new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = Arn };
        config["CustomEmailSender"] = new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = Arn };
        config["KMSKeyID"] = "arn:aws:kms:us-east-1:000000000000:key/k";
        var pool = await tw.PoolAsync(config.DeepClone().AsObject());

        var described = (await tw.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!["LambdaConfig"]!;
        await tw.World.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        JsonNode.DeepEquals(described, config).ShouldBeTrue(described.ToJsonString());
        (await tw.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!["LambdaConfig"]!.ToJsonString().ShouldBe("{}");
    }

    [Theory]
    [InlineData($$$"""{"PreTokenGeneration":"{{{Arn}}}"}""", "V1_0")]
    [InlineData($$$"""{"PreTokenGenerationConfig":{"LambdaVersion":"V2_0","LambdaArn":"{{{Arn}}}"}}""", "V2_0")]
    public async Task A_function_for_tokens_has_both_names(string config, string version)
    {
        var tw = await TriggerWorld.OnAsync();

        var pool = await tw.PoolAsync(JsonNode.Parse(config)!.AsObject());

        (await tw.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!["LambdaConfig"]!.ToJsonString()
            .ShouldBe($$$"""{"PreTokenGeneration":"{{{Arn}}}","PreTokenGenerationConfig":{"LambdaVersion":"{{{version}}}","LambdaArn":"{{{Arn}}}"}}""");
    }

    [Theory]
    [InlineData("""{"PreSignUp":"not an arn, though long enough"}""")]
    [InlineData("""{"PreSignUp":"arn:aws:sns:us-east-1:000000000000:topic"}""")]
    [InlineData($$$"""{"PreTokenGeneration":"{{{Arn}}}1","PreTokenGenerationConfig":{"LambdaVersion":"V1_0","LambdaArn":"{{{Arn}}}2"}}""")]
    [InlineData($$$"""{"PreTokenGenerationConfig":{"LambdaVersion":"V4_0","LambdaArn":"{{{Arn}}}"}}""")]
    [InlineData($$$"""{"CustomEmailSender":{"LambdaVersion":"V1_0","LambdaArn":"{{{Arn}}}"}}""")]
    [InlineData($$$"""{"CustomSMSSender":{"LambdaVersion":"V2_0","LambdaArn":"{{{Arn}}}"},"KMSKeyID":"arn:aws:kms:us-east-1:000000000000:key/k"}""")]
    public async Task What_contradicts_itself_is_refused(string config)
    {
        var tw = await TriggerWorld.OnAsync();

        var answer = await tw.World.CallAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test", ["LambdaConfig"] = JsonNode.Parse(config) });

        answer.ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Changing_access_tokens_is_beyond_the_lite_tier()
    {
        var tw = await TriggerWorld.OnAsync();

        var answer = await tw.World.CallAsync("CreateUserPool", new JsonObject
        {
            ["PoolName"] = "Test",
            ["UserPoolTier"] = "LITE",
            ["LambdaConfig"] = new JsonObject { ["PreTokenGenerationConfig"] = new JsonObject { ["LambdaVersion"] = "V2_0", ["LambdaArn"] = Arn } },
        });

        answer.ShouldBeError("FeatureUnavailableInTierException");
    }
}
