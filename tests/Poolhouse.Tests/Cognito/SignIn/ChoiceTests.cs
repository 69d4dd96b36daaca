using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class ChoiceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("EMAIL_OTP")]
    [InlineData("WEB_AUTHN")]
    [InlineData("NONSENSE")]
    public async Task Without_a_usable_preference_the_factors_are_offered(string? preference)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var parameters = new JsonObject { ["USERNAME"] = "bob" };
        if (preference is not null) parameters["PREFERRED_CHALLENGE"] = preference;

        var answer = (await pool.StartAsync("USER_AUTH", parameters)).ShouldAskFor("SELECT_CHALLENGE");

        answer.Json["AvailableChallenges"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
        answer.Session().Length.ShouldBeInRange(20, 2048);
    }

    [Fact]
    public async Task A_preferred_password_completes_in_one_call()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "bob", ["PREFERRED_CHALLENGE"] = "PASSWORD", ["PASSWORD"] = TestPool.Password });

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_preferred_srp_asks_for_the_proof_at_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);

        var challenge = await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "bob", ["PREFERRED_CHALLENGE"] = "PASSWORD_SRP", ["SRP_A"] = person.A });

        (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge.ShouldAskFor("PASSWORD_VERIFIER")))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_selected_password_completes_and_spends_the_session()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var session = (await OfferAsync(pool)).Session();

        var wrong = await SelectAsync(pool, session, password: "Wrong-horse-1");
        var right = await SelectAsync(pool, session);
        var again = await SelectAsync(pool, session);

        wrong.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        right.ShouldBeSignedIn();
        again.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_selected_factor_may_be_answered_in_a_second_step()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var selected = await pool.RespondAsync(
            "SELECT_CHALLENGE", (await OfferAsync(pool)).Session(), new JsonObject { ["USERNAME"] = "bob", ["ANSWER"] = "PASSWORD" });

        var answer = await pool.RespondAsync(
            "PASSWORD", selected.ShouldAskFor("PASSWORD").Session(), new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password });

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_selected_srp_leads_to_the_proof()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);

        var challenge = await pool.RespondAsync(
            "SELECT_CHALLENGE",
            (await OfferAsync(pool)).Session(),
            new JsonObject { ["USERNAME"] = "bob", ["ANSWER"] = "PASSWORD_SRP", ["SRP_A"] = person.A });

        (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge.ShouldAskFor("PASSWORD_VERIFIER")))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_is_bound_to_user_client_and_pool()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await pool.ConfirmedAsync("bob");
        await pool.ConfirmedAsync("alice");
        var sibling = await TestPool.CreateAsync(world, pool.Id);
        var stranger = await world.PoolAsync();
        await stranger.ConfirmedAsync("bob");
        var session = (await OfferAsync(pool)).Session();

        (await SelectAsync(pool, session, "alice")).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await SelectAsync(sibling, session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await SelectAsync(stranger, session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await SelectAsync(pool, session[..^2] + "AA")).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await SelectAsync(pool, session)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_expires()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        await pool.ConfirmedAsync("bob");
        var session = (await OfferAsync(pool)).Session();
        await world.AdvanceAsync("PT3M1S");

        var answer = await SelectAsync(pool, session);

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    [Theory]
    [InlineData("EMAIL_OTP")]
    [InlineData("NONSENSE")]
    public async Task A_factor_that_was_not_offered_cannot_be_selected(string factor)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.RespondAsync(
            "SELECT_CHALLENGE", (await OfferAsync(pool)).Session(), new JsonObject { ["USERNAME"] = "bob", ["ANSWER"] = factor });

        answer.ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task The_offer_is_the_same_for_a_name_that_nobody_has()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        await pool.ConfirmedAsync("bob");

        var real = await OfferAsync(pool);
        var unreal = await OfferAsync(pool, "ann");

        unreal.Json["AvailableChallenges"]!.ToJsonString().ShouldBe(real.Json["AvailableChallenges"]!.ToJsonString());
        unreal.Session().Length.ShouldBe(real.Session().Length);
        (await SelectAsync(pool, unreal.Session(), "ann")).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    private static Task<Answer> OfferAsync(TestPool pool, string name = "bob") => pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = name });

    private static Task<Answer> SelectAsync(TestPool pool, string session, string name = "bob", string password = TestPool.Password) =>
        pool.RespondAsync("SELECT_CHALLENGE", session, new JsonObject { ["USERNAME"] = name, ["ANSWER"] = "PASSWORD", ["PASSWORD"] = password });
}
