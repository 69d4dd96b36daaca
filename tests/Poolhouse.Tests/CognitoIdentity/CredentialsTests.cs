using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class CredentialsTests
{
    [Fact]
    public async Task Credentials_look_like_temporary_ones_of_AWS_and_live_for_an_hour()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync();
        var guest = await pool.GetIdAsync();

        var answer = await pool.CredentialsAsync(guest, null).ShouldSucceedAsync();

        answer["IdentityId"]!.GetValue<string>().ShouldBe(guest);
        var credentials = answer["Credentials"]!;
        credentials["AccessKeyId"]!.GetValue<string>().ShouldMatch("^ASIA[A-Z2-7]{16}$");
        credentials["SecretKey"]!.GetValue<string>().Length.ShouldBe(40);
        credentials["SessionToken"]!.GetValue<string>().ShouldNotBeEmpty();
        var left = DateTimeOffset.FromUnixTimeSeconds((long)credentials["Expiration"]!.GetValue<double>()) - DateTimeOffset.UtcNow;
        left.TotalMinutes.ShouldBeInRange(59, 61);
    }

    [Fact]
    public async Task A_guest_who_signs_in_keeps_the_identity()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var guest = await pool.GetIdAsync();
        var token = await pool.TokenAsync("bob");

        var answer = await pool.CredentialsAsync(guest, null, (pool.Provider, token)).ShouldSucceedAsync();

        answer["IdentityId"]!.GetValue<string>().ShouldBe(guest);
        (await pool.GetIdAsync((pool.Provider, token))).ShouldBe(guest);
        (await pool.CredentialsAsync(guest, null)).ShouldBeError("NotAuthorizedException", $"Access to Identity '{guest}' is forbidden.");
    }

    [Fact]
    public async Task A_guest_whose_login_has_an_identity_becomes_that_one()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var token = await pool.TokenAsync("bob");
        var bob = await pool.GetIdAsync((pool.Provider, token));
        var guest = await pool.GetIdAsync();

        var answer = await pool.CredentialsAsync(guest, null, (pool.Provider, token)).ShouldSucceedAsync();

        answer["IdentityId"]!.GetValue<string>().ShouldBe(bob);
        (await pool.CredentialsAsync(guest, null)).ShouldBeError("ResourceNotFoundException", $"Identity '{guest}' not found.");
        Ids(await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 60 })).ShouldBe([bob, guest], ignoreOrder: true);
        Ids(await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 60, ["HideDisabled"] = true })).ShouldBe([bob]);
    }

    [Fact]
    public async Task Somebody_elses_identity_is_not_given()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var bob = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob")));
        var (eve, nobody) = (await pool.TokenAsync("eve"), await pool.TokenAsync("nobody"));
        await pool.GetIdAsync((pool.Provider, eve));
        const string message = "Logins don't match. Please include at least one valid login for this identity or identity pool.";

        (await pool.CredentialsAsync(bob, null, (pool.Provider, eve))).ShouldBeError("NotAuthorizedException", message);
        (await pool.CredentialsAsync(bob, null, (pool.Provider, nobody))).ShouldBeError("NotAuthorizedException", message);
        (await pool.CredentialsAsync(bob, null)).ShouldBeError("NotAuthorizedException", $"Access to Identity '{bob}' is forbidden.");
    }

    [Fact]
    public async Task Guests_lose_their_credentials_when_the_pool_ends_guest_access()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync();
        var guest = await pool.GetIdAsync();
        await pool.CallAsync("UpdateIdentityPool", new JsonObject { ["IdentityPoolName"] = "T", ["AllowUnauthenticatedIdentities"] = false });

        (await pool.CredentialsAsync(guest, null)).ShouldBeError("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool.");
    }

    [Fact]
    public async Task An_identity_that_is_not_there_is_not_found()
    {
        const string id = "us-east-1:00000000-0000-4000-8000-00000000dead";
        var scene = await IdentityScene.GetAsync();

        (await scene.World.AboutAsync("GetCredentialsForIdentity", id)).ShouldBeError("ResourceNotFoundException", $"Identity '{id}' not found.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:iam::000000000000:role/Unknown")]
    [InlineData(IdentityScene.Trusting)]
    public async Task A_role_that_is_unset_unknown_or_does_not_trust_the_identity_is_a_wrong_configuration(string? role)
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync(unauthenticated: role);

        (await pool.CredentialsAsync(await pool.GetIdAsync(), null)).ShouldBeError(
            "InvalidIdentityPoolConfigurationException", "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
    }

    [Fact]
    public async Task A_role_that_trusts_whoever_signed_in_is_given_to_them()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync(), authenticated: IdentityScene.Trusting);
        var token = await pool.TokenAsync("bob");

        (await pool.CredentialsAsync(await pool.GetIdAsync((pool.Provider, token)), null, (pool.Provider, token))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_role_of_AWS_is_exchanged_for_a_token_that_AWS_can_verify()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var pool = await scene.PoolAsync(await world.PoolAsync(), authenticated: IdentityScene.Exchanged);
        await pool.CallAsync("SetPrincipalTagAttributeMap", new JsonObject { ["IdentityProviderName"] = pool.Provider, ["UseDefaults"] = true });
        var token = await pool.TokenAsync("bob");
        var id = await pool.GetIdAsync((pool.Provider, token));

        var answer = await pool.CredentialsAsync(id, null, (pool.Provider, token)).ShouldSucceedAsync();

        answer["Credentials"]!["AccessKeyId"]!.GetValue<string>().ShouldBe("ASIAREAL");
        answer["Credentials"]!["SecretKey"]!.GetValue<string>().ShouldBe("s/e+c");
        answer["Credentials"]!["Expiration"]!.GetValue<double>().ShouldBe(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeSeconds());
        var form = scene.Elsewhere.Form;
        (form["Action"], form["Version"], form["RoleArn"], form["DurationSeconds"]).ShouldBe(("AssumeRoleWithWebIdentity", "2011-06-15", IdentityScene.Exchanged, "3600"));
        var claims = Tokens.Claims(form["WebIdentityToken"]);
        (claims["sub"]!.GetValue<string>(), claims["aud"]!.GetValue<string>()).ShouldBe((id, pool.Id));
        claims["https://aws.amazon.com/tags"]!["principal_tags"]!["client"]![0]!.GetValue<string>().ShouldBe(pool.Users!.ClientId);
    }

    [Theory]
    [InlineData("Denied", "InvalidIdentityPoolConfigurationException")]
    [InlineData("Down", "ExternalServiceException")]
    public async Task What_STS_denies_and_an_STS_that_is_down_are_told_apart(string role, string error)
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync(unauthenticated: IdentityScene.Exchanged + role);

        (await pool.CredentialsAsync(await pool.GetIdAsync(), null)).ShouldBeError(error);
    }

    private static IEnumerable<string> Ids(Answer answer) => answer.Json["Identities"]!.AsArray().Select(i => i!["IdentityId"]!.GetValue<string>());
}
