using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class UpdateUserPoolTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task What_is_omitted_returns_to_its_default_but_for_the_name(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var id = Id(await CreateUserPoolTests.CreateAsync(
            world,
            """{"AutoVerifiedAttributes":["email"],"DeletionProtection":"ACTIVE","UserPoolTags":{"a":"b"},"Schema":[{"Name":"team","AttributeDataType":"String"}],"EmailVerificationSubject":"Code","AccountRecoverySetting":{}}"""));
        var plain = await DescribeUserPoolTests.DescribeAsync(world, Id(await CreateUserPoolTests.CreateAsync(world, """{"Schema":[{"Name":"team","AttributeDataType":"String"}]}""")));

        var answer = await world.CallAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = id });

        answer.Text.ShouldBe("{}");
        var updated = await DescribeUserPoolTests.DescribeAsync(world, id);
        foreach (var own in (string[])["Id", "Arn", "CreationDate", "LastModifiedDate"])
        {
            updated.Remove(own);
            plain.Remove(own);
        }

        updated.ToJsonString().ShouldBe(plain.ToJsonString());
    }

    [Fact]
    public async Task A_name_is_taken_over()
    {
        var world = await World.OnAsync();
        var id = Id(await CreateUserPoolTests.CreateAsync(world, "{}"));

        await world.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = id, ["PoolName"] = "New name" });

        (await DescribeUserPoolTests.DescribeAsync(world, id))["Name"]!.GetValue<string>().ShouldBe("New name");
    }

    [Fact]
    public async Task A_setting_acts_at_once()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await pool.SignedUpAsync("ann");

        await world.DoAsync(
            "UpdateUserPool",
            new JsonObject { ["UserPoolId"] = pool.Id, ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = true } });

        var answer = await world.CallAsync("SignUp", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["Password"] = TestPool.Password });
        answer.ShouldBeError("NotAuthorizedException", "SignUp is not permitted for this user pool");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Changes_at_once_are_all_kept_and_each_is_later_than_the_one_before(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var id = Id(await CreateUserPoolTests.CreateAsync(world, "{}"));
        var before = await DescribeUserPoolTests.DescribeAsync(world, id);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => world.DoAsync("AddCustomAttributes", AddCustomAttributesTests.Request(id, $"a{i}"))));

        var after = await DescribeUserPoolTests.DescribeAsync(world, id);
        after["SchemaAttributes"]!.AsArray().Count.ShouldBe(21 + 8);
        var milliseconds = (after["LastModifiedDate"]!.GetValue<decimal>() - before["LastModifiedDate"]!.GetValue<decimal>()) * 1000;
        milliseconds.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Theory]
    [InlineData("""{"RefreshTokenRotation":{"Feature":"ENABLED"}}""", "Refresh Token Rotation")]
    [InlineData("""{"ExplicitAuthFlows":["ALLOW_USER_AUTH"]}""", "Choice-Based Sign-In")]
    public async Task The_lite_tier_does_not_take_clients_that_use_more(string client, string feature)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject(), JsonNode.Parse(client)!.AsObject());

        var answer = await world.CallAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id, ["UserPoolTier"] = "LITE" });

        answer.ShouldBeError(
            "TierChangeNotAllowedException", $"The following features need to be disabled for the LITE pricing tier configured: {feature}");
    }

    [Theory]
    [InlineData("""{"MfaConfiguration":"OPTIONAL"}""", "Email MFA")]
    [InlineData("""{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}}""", "Passwordless Sign-In")]
    public async Task The_lite_tier_does_not_take_factors_that_are_more(string settings, string feature)
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "email", client: []);
        var request = JsonNode.Parse(settings)!.AsObject();
        request["UserPoolId"] = pool.Id;
        request["UserPoolTier"] = "LITE";

        var answer = await pool.World.CallAsync("UpdateUserPool", request);

        answer.ShouldBeError(
            "TierChangeNotAllowedException", $"The following features need to be disabled for the LITE pricing tier configured: {feature}");
    }

    [Fact]
    public async Task A_refused_update_changes_nothing()
    {
        var world = await World.OnAsync();
        var id = Id(await CreateUserPoolTests.CreateAsync(world, """{"UserPoolTags":{"a":"b"}}"""));
        var before = await DescribeUserPoolTests.DescribeAsync(world, id);

        var answer = await world.CallAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = id, ["MfaConfiguration"] = "ON" });

        answer.ShouldBeError("InvalidParameterException", "Cannot turn MFA functionality ON, once the user pool has been created.");
        (await DescribeUserPoolTests.DescribeAsync(world, id)).ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_pool_does_not_exist()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = "us-east-1_nobody" });

        answer.ShouldBeError("ResourceNotFoundException", "User pool us-east-1_nobody does not exist.");
    }

    private static string Id(JsonObject pool) => pool["Id"]!.GetValue<string>();
}
