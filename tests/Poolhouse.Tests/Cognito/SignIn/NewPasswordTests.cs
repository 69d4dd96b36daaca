using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class NewPasswordTests
{
    private const string Challenge = "NEW_PASSWORD_REQUIRED";
    private const string Next = "Another-horse-2";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_new_password_signs_in_and_takes_the_temporary_ones_place(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.InvitedAsync("bob");
        var asked = await bob.TrySignInAsync();

        var answer = await pool.RespondAsync(Challenge, asked.Session(), Answer());

        answer.ShouldBeSignedIn();
        (await bob.TrySignInAsync()).ShouldBeError("NotAuthorizedException");
        (await bob.TrySignInAsync(Next)).ShouldBeSignedIn();
        (await new SrpPerson(pool, Next).SignInAsync("bob")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_challenge_tells_the_attributes_that_are_there_and_missing()
    {
        var settings = new JsonObject { ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "family_name", ["AttributeDataType"] = "String", ["Required"] = true, ["Mutable"] = true }) };
        var pool = await (await World.OnAsync()).PoolAsync(settings);
        await pool.ManageAsync("AdminCreateUser", "bob", new JsonObject
        {
            ["TemporaryPassword"] = TestPool.Password,
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "bob@example.com")),
        });

        var asked = (await new TestUser(pool, "bob", TestPool.Password, "").TrySignInAsync()).ShouldAskFor(Challenge);

        asked.Parameter("requiredAttributes").ShouldBe("""["userAttributes.family_name"]""");
        JsonNode.Parse(asked.Parameter("userAttributes"))!["email"]!.GetValue<string>().ShouldBe("bob@example.com");
        asked.Parameter("USER_ID_FOR_SRP").ShouldBe("bob");
        var without = await pool.RespondAsync(Challenge, asked.Session(), Answer());
        without.ShouldBeError("InvalidParameterException");
        var with = Answer();
        with["userAttributes.family_name"] = "Builder";
        (await pool.RespondAsync(Challenge, asked.Session(), with)).ShouldBeSignedIn();
    }

    [Theory]
    [InlineData("short", "Password does not conform to policy: Password not long enough")]
    [InlineData("no-uppercase-1", "Password does not conform to policy: Password must have uppercase characters")]
    [InlineData("NO-LOWERCASE-1", "Password does not conform to policy: Password must have lowercase characters")]
    [InlineData("No-number-here", "Password does not conform to policy: Password must have numeric characters")]
    [InlineData("NoSymbolHere1", "Password does not conform to policy: Password must have symbol characters")]
    public async Task A_weak_password_does_not_spend_the_session(string weak, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();

        var refused = await pool.RespondAsync(Challenge, session, Answer(weak));
        var accepted = await pool.RespondAsync(Challenge, session, Answer());

        refused.ShouldBeError("InvalidPasswordException", message);
        accepted.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_serves_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        (await pool.RespondAsync(Challenge, session, Answer())).ShouldBeSignedIn();

        var again = await pool.RespondAsync(Challenge, session, Answer("Third-horse-3"));

        again.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_session_that_was_overtaken_by_another_cannot_set_a_password()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.InvitedAsync("bob");
        var first = (await bob.TrySignInAsync()).Session();
        var second = (await bob.TrySignInAsync()).Session();
        (await pool.RespondAsync(Challenge, second, Answer())).ShouldBeSignedIn();

        var answer = await pool.RespondAsync(Challenge, first, Answer("Third-horse-3"));

        answer.ShouldBeError("NotAuthorizedException");
        (await bob.TrySignInAsync("Third-horse-3")).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_session_expires()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        await world.AdvanceAsync("PT3M1S");

        var answer = await pool.RespondAsync(Challenge, session, Answer());

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    [Fact]
    public async Task A_session_is_bound_to_client_user_and_challenge()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var sibling = await TestPool.CreateAsync(world, pool.Id);
        var stranger = await world.PoolAsync();
        await pool.InvitedAsync("alice");
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        var asAlice = Answer();
        asAlice["USERNAME"] = "alice";

        (await sibling.RespondAsync(Challenge, session, Answer())).ShouldBeError("NotAuthorizedException");
        (await stranger.RespondAsync(Challenge, session, Answer())).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync("SELECT_CHALLENGE", session, new JsonObject { ["USERNAME"] = "bob", ["ANSWER"] = "PASSWORD" })).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync(Challenge, session, asAlice)).ShouldBeError("NotAuthorizedException");
        var home = await pool.RespondAsync(Challenge, session, Answer());

        home.ShouldBeSignedIn();
    }

    [Fact]
    public async Task Administrators_and_people_may_take_turns()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.InvitedAsync("bob");
        await pool.InvitedAsync("alice");
        var begun = await pool.AdminStartAsync("ADMIN_USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = "alice", ["PASSWORD"] = TestPool.Password });
        var asAlice = Answer();
        asAlice["USERNAME"] = "alice";

        var byAdministrator = await pool.AdminRespondAsync(Challenge, (await bob.TrySignInAsync()).Session(), Answer());
        var byPerson = await pool.RespondAsync(Challenge, begun.Session(), asAlice);

        byAdministrator.ShouldBeSignedIn();
        byPerson.ShouldBeSignedIn();
    }

    [Theory]
    [InlineData("email_verified", "true")]
    [InlineData("sub", "other")]
    [InlineData("custom:nope", "x")]
    public async Task Attributes_that_a_client_may_not_write_are_refused(string name, string value)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        var responses = Answer();
        responses["userAttributes." + name] = value;

        var answer = await pool.RespondAsync(Challenge, session, responses);

        answer.ShouldBeError("InvalidParameterException");
        (await pool.RespondAsync(Challenge, session, Answer())).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_user_disabled_meanwhile_cannot_complete()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        await pool.ManageAsync("AdminDisableUser", "bob");

        var answer = await pool.RespondAsync(Challenge, session, Answer());

        answer.ShouldBeError("NotAuthorizedException", "User is disabled.");
    }

    [Fact]
    public async Task A_session_does_not_outlive_its_user()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        await pool.ManageAsync("AdminDeleteUser", "bob");
        await pool.InvitedAsync("bob");

        var answer = await pool.RespondAsync(Challenge, session, Answer());

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("NEW_PASSWORD")]
    public async Task A_missing_parameter_is_named(string missing)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = (await (await pool.InvitedAsync("bob")).TrySignInAsync()).Session();
        var responses = Answer();
        responses.Remove(missing);

        var answer = await pool.RespondAsync(Challenge, session, responses);

        answer.ShouldBeError("InvalidParameterException", "Missing required parameter " + missing);
    }

    private static JsonObject Answer(string password = Next) => new() { ["USERNAME"] = "bob", ["NEW_PASSWORD"] = password };
}
