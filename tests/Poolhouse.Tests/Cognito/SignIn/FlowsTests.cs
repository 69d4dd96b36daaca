using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class FlowsTests
{
    private static JsonObject Named => new() { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["SRP_A"] = "ab", ["REFRESH_TOKEN"] = "x" };

    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("REFRESH_TOKEN_AUTH")]
    [InlineData("REFRESH_TOKEN")]
    public async Task A_flow_that_the_client_does_not_allow_is_refused_before_anything_else(string flow)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_ADMIN_USER_PASSWORD_AUTH") });

        var answer = await pool.StartAsync(flow, Named);

        answer.ShouldBeError("InvalidParameterException", flow + " flow not enabled for this client");
    }

    [Theory]
    [InlineData("ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_NO_SRP_AUTH")]
    public async Task Flows_of_administrators_are_not_for_the_public_call(string flow)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.StartAsync(flow, Named);

        answer.ShouldBeError("InvalidParameterException", "Initiate Auth method not supported.");
    }

    [Theory]
    [InlineData("ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_NO_SRP_AUTH")]
    public async Task An_administrator_signs_a_user_in(string flow)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.AdminStartAsync(flow, Named);

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task An_administrators_flow_that_is_not_enabled_has_words_of_its_own()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") });
        await pool.ConfirmedAsync("bob");

        var answer = await pool.AdminStartAsync("ADMIN_USER_PASSWORD_AUTH", Named);

        answer.ShouldBeError("InvalidParameterException", "Auth flow not enabled for this client");
    }

    [Fact]
    public async Task An_administrator_cannot_name_another_pools_client()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var other = await world.PoolAsync();

        var answer = await world.CallAsync("AdminInitiateAuth", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["ClientId"] = other.ClientId, ["AuthFlow"] = "ADMIN_USER_PASSWORD_AUTH", ["AuthParameters"] = Named,
        });

        answer.ShouldBeError("ResourceNotFoundException", $"User pool client {other.ClientId} does not exist in user pool {pool.Id}.");
    }

    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_NO_SRP_AUTH")]
    public async Task Old_flow_names_allow_srp_and_refresh_too(string name)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray(name) });
        await pool.ConfirmedAsync("bob");

        var tokens = (await new SrpPerson(pool).SignInAsync("bob")).ShouldBeSignedIn();
        var refreshed = await pool.RefreshOldAsync(tokens.Refresh!);

        refreshed.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_client_that_names_no_flow_allows_srp_and_refresh_but_no_password()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: []);
        var bob = await pool.ConfirmedAsync("bob");

        var bySrp = await new SrpPerson(pool).SignInAsync("bob");
        var byPassword = await bob.TrySignInAsync();

        (await pool.RefreshOldAsync(bySrp.ShouldBeSignedIn().Refresh!)).ShouldBeSignedIn();
        byPassword.ShouldBeError("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client");
    }

    [Fact]
    public async Task A_challenge_that_is_not_there_is_an_invalid_session()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.RespondAsync("CUSTOM_CHALLENGE", new string('A', 40), new JsonObject { ["USERNAME"] = "bob", ["ANSWER"] = "x" });

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task An_unknown_client_is_not_found()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.World.CallAsync("InitiateAuth", new JsonObject { ["ClientId"] = "abc123", ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = Named });

        answer.ShouldBeError("ResourceNotFoundException", "User pool client abc123 does not exist.");
    }
}
