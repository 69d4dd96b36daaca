using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class SecretHashTests
{
    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("USER_AUTH")]
    public async Task A_missing_hash_is_told_before_the_user_is_looked_up(string flow)
    {
        var pool = await SecretPoolAsync();

        var answer = await pool.StartAsync(flow, Parameters("nobody", null));

        answer.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured with secret but SECRET_HASH was not received");
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_wrong_hash_is_told(string hash)
    {
        var pool = await SecretPoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.StartAsync("USER_PASSWORD_AUTH", Parameters("bob", hash));

        answer.ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
    }

    [Fact]
    public async Task The_hash_is_over_the_name_as_sent_and_no_other_of_the_user()
    {
        var pool = await SecretPoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.VerifiedAsync("bob");

        (await pool.StartAsync("USER_PASSWORD_AUTH", Parameters(bob.Email, pool.HashOf(bob.Email)))).ShouldBeSignedIn();
        var answer = await pool.StartAsync("USER_PASSWORD_AUTH", Parameters(bob.Email, pool.HashOf("bob")));

        answer.ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
    }

    [Fact]
    public async Task An_srp_sign_in_by_alias_hashes_the_name_of_each_step()
    {
        var pool = await SecretPoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.VerifiedAsync("bob");

        var answer = await new SrpPerson(pool).SignInAsync(bob.Email);

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_response_needs_the_hash_too()
    {
        var pool = await SecretPoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));
        proof["SECRET_HASH"] = null;

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        answer.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured with secret but SECRET_HASH was not received");
    }

    [Fact]
    public async Task A_refresh_hashes_the_username_or_the_sub_but_no_other_name()
    {
        var pool = await SecretPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var refresh = (await bob.SignInAsync()).Refresh!;

        var byName = await pool.RefreshOldAsync(refresh, pool.HashOf("bob"));
        var bySub = await pool.RefreshOldAsync(refresh, pool.HashOf(bob.Sub));
        var byOther = await pool.RefreshOldAsync(refresh, pool.HashOf("alice"));
        var without = await pool.RefreshOldAsync(refresh);

        byName.ShouldBeSignedIn();
        bySub.ShouldBeSignedIn();
        byOther.ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
        without.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured with secret but SECRET_HASH was not received");
    }

    [Fact]
    public async Task The_newer_refresh_takes_the_secret_itself()
    {
        var pool = await SecretPoolAsync();
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        var right = await pool.GetTokensAsync(refresh);
        var wrong = await pool.GetTokensAsync(refresh, "wrongsecretofnoclient000000");
        var missing = await pool.World.CallAsync("GetTokensFromRefreshToken", new JsonObject { ["ClientId"] = pool.ClientId, ["RefreshToken"] = refresh });

        right.ShouldBeSignedIn();
        wrong.ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
        missing.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured for secret but secret was not received");
    }

    [Fact]
    public async Task A_revocation_without_the_secret_is_unauthorized()
    {
        var pool = await SecretPoolAsync();
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        var answer = await pool.World.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = refresh });

        answer.ShouldBeError("UnauthorizedException", "Invalid client or secret");
        (await pool.GetTokensAsync(refresh)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_public_client_ignores_a_hash()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.StartAsync("USER_PASSWORD_AUTH", Parameters("bob", "nonsense"));

        answer.ShouldBeSignedIn();
    }

    private static async Task<TestPool> SecretPoolAsync(JsonObject? settings = null) =>
        await (await World.OnAsync()).PoolAsync(settings, SignInCalls.Client(hasSecret: true));

    // A null hash keeps SignInCalls from adding the right one.
    private static JsonObject Parameters(string name, string? hash) =>
        new() { ["USERNAME"] = name, ["PASSWORD"] = TestPool.Password, ["SRP_A"] = "ab", ["SECRET_HASH"] = hash };
}
