using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

public sealed partial class CreateUserPoolClientTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_client_without_settings_has_the_defaults(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await world.PoolAsync();

        var client = await CreateAsync(pool, "{}");

        var id = client["ClientId"]!.GetValue<string>();
        ClientIdForm().IsMatch(id).ShouldBeTrue(id);
        client["UserPoolId"]!.GetValue<string>().ShouldBe(pool.Id);
        foreach (var masked in (string[])["UserPoolId", "ClientId", "LastModifiedDate", "CreationDate"]) client[masked] = "*";
        client.ToJsonString().ShouldBe(
            """{"UserPoolId":"*","ClientName":"Test","ClientId":"*","LastModifiedDate":"*","CreationDate":"*","RefreshTokenValidity":30,"TokenValidityUnits":{},"AllowedOAuthFlowsUserPoolClient":false,"EnableTokenRevocation":true,"EnablePropagateAdditionalUserContextData":false,"AuthSessionValidity":3}""");
    }

    [Fact]
    public async Task Given_settings_come_back()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        const string settings =
            """{"RefreshTokenValidity":120,"AccessTokenValidity":10,"IdTokenValidity":600,"TokenValidityUnits":{"AccessToken":"minutes","IdToken":"seconds","RefreshToken":"minutes"},"ReadAttributes":["email","email_verified"],"WriteAttributes":["email"],"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","ALLOW_CUSTOM_AUTH"],"SupportedIdentityProviders":["COGNITO"],"PreventUserExistenceErrors":"ENABLED","EnableTokenRevocation":false,"AuthSessionValidity":15,"RefreshTokenRotation":{"Feature":"ENABLED","RetryGracePeriodSeconds":10}}""";

        var client = await CreateAsync(pool, settings);

        foreach (var (name, value) in JsonNode.Parse(settings)!.AsObject()) client[name]!.ToJsonString().ShouldBe(value!.ToJsonString());
    }

    [Fact]
    public async Task A_secret_is_made_on_request()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var client = await CreateAsync(pool, """{"GenerateSecret":true}""");

        SecretForm().IsMatch(client["ClientSecret"]!.GetValue<string>()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_secret_can_be_brought_along()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var client = await CreateAsync(pool, """{"ClientSecret":"abcdefghijklmnopqrstuvwx"}""");

        client["ClientSecret"]!.GetValue<string>().ShouldBe("abcdefghijklmnopqrstuvwx");
    }

    [Fact]
    public async Task Rotation_that_is_off_has_no_grace()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var client = await CreateAsync(pool, """{"RefreshTokenRotation":{"Feature":"DISABLED","RetryGracePeriodSeconds":10}}""");

        client["RefreshTokenRotation"]!.ToJsonString().ShouldBe("""{"Feature":"DISABLED","RetryGracePeriodSeconds":0}""");
    }

    [Theory]
    [InlineData("""{"GenerateSecret":true,"ClientSecret":"abcdefghijklmnopqrstuvwx"}""", "ClientSecret cannot be given when GenerateSecret is true.")]
    [InlineData("""{"ExplicitAuthFlows":["ADMIN_NO_SRP_AUTH","ALLOW_USER_SRP_AUTH"]}""", "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.")]
    [InlineData("""{"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"],"RefreshTokenRotation":{"Feature":"ENABLED"}}""", "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.")]
    [InlineData("""{"AccessTokenValidity":25}""", "Invalid range for token validity.")]
    [InlineData("""{"IdTokenValidity":4,"TokenValidityUnits":{"IdToken":"minutes"}}""", "Invalid range for token validity.")]
    [InlineData("""{"RefreshTokenValidity":4000}""", "Invalid range for token validity.")]
    [InlineData("""{"RefreshTokenValidity":315360000}""", "Invalid range for token validity.")]
    [InlineData("""{"TokenValidityUnits":{"RefreshToken":"minutes"}}""", "Invalid range for token validity.")]
    [InlineData("""{"AccessTokenValidity":2,"RefreshTokenValidity":90,"TokenValidityUnits":{"RefreshToken":"minutes"}}""", "Invalid range for token validity.")]
    [InlineData("""{"ReadAttributes":["custom:none"]}""", "Invalid read attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["email","given_name","custom:none"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["email"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["given_name","email_verified"]}""", "Invalid write attributes specified while creating a client")]
    [InlineData("""{"WriteAttributes":["given_name","dev:custom:level"]}""", "Invalid write attributes specified while creating a client")]
    public async Task Settings_that_contradict_each_other_or_the_pool_are_refused(string settings, string message)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(JsonNode.Parse(
            """{"Schema":[{"Name":"given_name","Required":true},{"Name":"level","AttributeDataType":"String","DeveloperOnlyAttribute":true}]}""")!.AsObject());

        var answer = await world.CallAsync("CreateUserPoolClient", Request(pool, settings));

        answer.ShouldBeError("InvalidParameterException", message);
    }

    [Fact]
    public async Task A_provider_that_the_pool_lacks_is_refused()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        var answer = await world.CallAsync("CreateUserPoolClient", Request(pool, """{"SupportedIdentityProviders":["COGNITO","Google"]}"""));

        answer.ShouldBeError("InvalidParameterException", $"The provider Google does not exist for User Pool {pool.Id}.");
    }

    [Theory]
    [InlineData("""{"RefreshTokenRotation":{"Feature":"ENABLED"}}""", "The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation")]
    [InlineData("""{"ExplicitAuthFlows":["ALLOW_USER_AUTH"]}""", "The following features need to be disabled for the LITE pricing tier configured: Choice-Based Sign-In")]
    public async Task The_lite_tier_lacks_features(string settings, string message)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject { ["UserPoolTier"] = "LITE" }, new JsonObject());

        var answer = await world.CallAsync("CreateUserPoolClient", Request(pool, settings));

        answer.ShouldBeError("FeatureUnavailableInTierException", message);
    }

    [Fact]
    public async Task An_unknown_pool_does_not_exist()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("CreateUserPoolClient", new JsonObject { ["UserPoolId"] = "us-east-1_nobody", ["ClientName"] = "Test" });

        answer.ShouldBeError("ResourceNotFoundException", "User pool us-east-1_nobody does not exist.");
    }

    internal static async Task<JsonObject> CreateAsync(TestPool pool, string settings) =>
        (await pool.World.DoAsync("CreateUserPoolClient", Request(pool, settings)))["UserPoolClient"]!.AsObject();

    private static JsonObject Request(TestPool pool, string settings)
    {
        var request = JsonNode.Parse(settings)!.AsObject();
        request["UserPoolId"] = pool.Id;
        request["ClientName"] = "Test";
        return request;
    }

    [GeneratedRegex("^[0-9a-z]{26}$")]
    private static partial Regex ClientIdForm();

    [GeneratedRegex("^[0-9a-z]{51}$")]
    private static partial Regex SecretForm();
}
