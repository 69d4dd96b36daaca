using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

/// <summary>Temporary credentials used for what they are for.</summary>
public sealed class TemporaryCredentialsTests
{
    private const string NamedArn = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{IdentityScene.NamedPool}";

    [Fact]
    public async Task They_may_what_their_role_may_and_nothing_else()
    {
        var scene = await IdentityScene.GetAsync();
        var (signer, pool) = await SignedInAsync(scene, IdentityScene.Member);
        var other = await scene.World.PoolAsync();

        (await signer.CallAsync(scene.World, "ListUsers", Named())).Status.ShouldBe(200);
        (await signer.CallAsync(scene.World, "AdminGetUser", Named("nobody"))).ShouldBeError("UserNotFoundException");
        (await signer.CallAsync(scene.World, "AdminDeleteUser", Named("nobody"))).ShouldBeError(
            "AccessDeniedException",
            "User: arn:aws:sts::000000000000:assumed-role/Member/CognitoIdentityCredentials is not authorized to perform: cognito-idp:AdminDeleteUser " +
            $"on resource: {NamedArn} because no identity-based policy allows the cognito-idp:AdminDeleteUser action");
        (await signer.CallAsync(scene.World, "ListUsers", new JsonObject { ["UserPoolId"] = other.Id })).ShouldBeError("AccessDeniedException");
        (await signer.CallAsync(scene.World, "ListUserPools", new JsonObject { ["MaxResults"] = 1 })).ShouldBeError("AccessDeniedException");
        (await signer.CallAsync(scene.World, "DescribeIdentityPool", new JsonObject { ["IdentityPoolId"] = pool.Id }, "AWSCognitoIdentityService", "cognito-identity")).Status.ShouldBe(200);
        (await signer.CallAsync(scene.World, "ListIdentityPools", new JsonObject { ["MaxResults"] = 1 }, "AWSCognitoIdentityService", "cognito-identity"))
            .ShouldBeError("AccessDeniedException");
    }

    [Fact]
    public async Task An_explicit_deny_wins()
    {
        var scene = await IdentityScene.GetAsync();
        var (signer, _) = await SignedInAsync(scene, IdentityScene.Chief);

        (await signer.CallAsync(scene.World, "ListUserPools", new JsonObject { ["MaxResults"] = 1 })).Status.ShouldBe(200);
        (await signer.CallAsync(scene.World, "AdminDisableUser", Named("nobody"))).ShouldBeError(
            "AccessDeniedException",
            "User: arn:aws:sts::000000000000:assumed-role/Chief/CognitoIdentityCredentials is not authorized to perform: cognito-idp:AdminDisableUser " +
            $"on resource: {NamedArn} with an explicit deny in an identity-based policy");
    }

    [Fact]
    public async Task Guests_get_their_own_role()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync();
        var signer = AwsSigner.Of(await pool.CredentialsAsync(await pool.GetIdAsync(), null).ShouldSucceedAsync());

        (await signer.CallAsync(scene.World, "DescribeUserPool", Named())).Status.ShouldBe(200);
        (await signer.CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("AccessDeniedException");
    }

    [Fact]
    public async Task Nothing_but_the_whole_set_is_accepted()
    {
        var scene = await IdentityScene.GetAsync();
        var (signer, _) = await SignedInAsync(scene, IdentityScene.Member);
        var (other, _) = await SignedInAsync(scene, IdentityScene.Chief);
        const string invalid = "The security token included in the request is invalid.";

        (await (signer with { SessionToken = null }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("UnrecognizedClientException", invalid);
        (await (signer with { SessionToken = other.SessionToken }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("UnrecognizedClientException", invalid);
        (await (signer with { SessionToken = signer.SessionToken![..^8] + "AAAAAAAA" }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("UnrecognizedClientException", invalid);
        (await (signer with { SessionToken = "not base64!" }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("UnrecognizedClientException", invalid);
        (await (signer with { AccessKeyId = other.AccessKeyId }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("UnrecognizedClientException", invalid);
        (await (signer with { SecretKey = other.SecretKey }).CallAsync(scene.World, "ListUsers", Named())).ShouldBeError("InvalidSignatureException");
        (await signer.CallAsync(scene.World, "ListUsers", Named(), service: "cognito-identity")).ShouldBeError("InvalidSignatureException");
    }

    [Fact]
    public async Task They_end_after_an_hour()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var (signer, _) = await SignedInAsync(scene, IdentityScene.Member);
        await world.AdvanceAsync("PT59M");
        (await signer.CallAsync(world, "ListUsers", Named())).Status.ShouldBe(200);
        await world.AdvanceAsync("PT1M1S");

        (await signer.CallAsync(world, "ListUsers", Named())).ShouldBeError("ExpiredTokenException", "The security token included in the request is expired");
    }

    [Fact]
    public async Task A_member_sent_in_another_letter_case_does_not_name_another_resource()
    {
        var scene = await IdentityScene.GetAsync();
        var (signer, _) = await SignedInAsync(scene, IdentityScene.Member);
        var other = await scene.World.PoolAsync();
        var request = Named();
        request["userPoolId"] = other.Id;
        request["USERPOOLID"] = other.Id;
        await other.ConfirmedAsync("secret");

        var answer = await signer.CallAsync(scene.World, "ListUsers", request);

        answer.Text.ShouldNotContain("secret");
    }

    private static JsonObject Named(string? username = null)
    {
        var request = new JsonObject { ["UserPoolId"] = IdentityScene.NamedPool };
        if (username is not null) request["Username"] = username;
        return request;
    }

    private static async Task<(AwsSigner Signer, TestIdentityPool Pool)> SignedInAsync(IdentityScene scene, string role)
    {
        var pool = await scene.PoolAsync(await scene.World.PoolAsync(), authenticated: role);
        var token = await pool.TokenAsync("bob");
        var id = await pool.GetIdAsync((pool.Provider, token));
        return (AwsSigner.Of(await pool.CredentialsAsync(id, null, (pool.Provider, token)).ShouldSucceedAsync()), pool);
    }
}
