using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class AutoSignInTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task The_session_of_a_confirmation_signs_in_once(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var session = await ConfirmAsync(pool, "bob");

        var first = await ResumeAsync(pool, "bob", session);
        var second = await ResumeAsync(pool, "bob", session);

        first.ShouldBeSignedIn();
        second.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task It_signs_in_nobody_else_and_through_no_other_client()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var sibling = await TestPool.CreateAsync(world, pool.Id);
        await pool.ConfirmedAsync("alice");
        var session = await ConfirmAsync(pool, "bob");

        (await ResumeAsync(pool, "alice", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await ResumeAsync(pool, "nobody", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await ResumeAsync(sibling, "bob", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await ResumeAsync(pool, "bob", session)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_session_of_a_sign_up_is_not_enough()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var session = await SignUpAsync(pool, "bob");
        await pool.ManageAsync("AdminConfirmSignUp", "bob");

        var answer = await ResumeAsync(pool, "bob", session);

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task A_confirmation_with_anothers_session_confirms_nobody()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var alices = await SignUpAsync(pool, "alice");
        await SignUpAsync(pool, "bob");
        var code = await pool.World.CodeAsync(pool.EmailOf("bob"));

        var refused = await pool.World.CallAsync("ConfirmSignUp", Confirmation(pool, "bob", code, alices));
        var accepted = await pool.World.CallAsync("ConfirmSignUp", Confirmation(pool, "bob", code, null));

        refused.ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        accepted.Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_does_not_sign_in_a_disabled_or_deleted_user()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bobs = await ConfirmAsync(pool, "bob");
        var alices = await ConfirmAsync(pool, "alice");
        await pool.ManageAsync("AdminDisableUser", "bob");
        await pool.ManageAsync("AdminDeleteUser", "alice");
        await pool.ConfirmedAsync("alice");

        var disabled = await ResumeAsync(pool, "bob", bobs);
        var deleted = await ResumeAsync(pool, "alice", alices);

        disabled.ShouldBeError("NotAuthorizedException", "User is disabled.");
        deleted.ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task It_expires()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var session = await ConfirmAsync(pool, "bob");
        await world.AdvanceAsync("PT3M1S");

        var answer = await ResumeAsync(pool, "bob", session);

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    internal static async Task<string> ConfirmAsync(TestPool pool, string name)
    {
        var session = await SignUpAsync(pool, name);
        var code = await pool.World.CodeAsync(pool.EmailOf(name));
        return (await pool.World.DoAsync("ConfirmSignUp", Confirmation(pool, name, code, session)))["Session"]!.GetValue<string>();
    }

    internal static Task<Answer> ResumeAsync(TestPool pool, string name, string session) =>
        pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = name }, session);

    private static async Task<string> SignUpAsync(TestPool pool, string name) => (await pool.World.DoAsync("SignUp", new JsonObject
    {
        ["ClientId"] = pool.ClientId,
        ["Username"] = name,
        ["Password"] = TestPool.Password,
        ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", pool.EmailOf(name))),
    }))["Session"]!.GetValue<string>();

    private static JsonObject Confirmation(TestPool pool, string name, string code, string? session) =>
        new() { ["ClientId"] = pool.ClientId, ["Username"] = name, ["ConfirmationCode"] = code, ["Session"] = session };
}
