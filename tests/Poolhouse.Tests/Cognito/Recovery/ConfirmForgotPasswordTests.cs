using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Recovery;

public sealed class ConfirmForgotPasswordTests
{
    private const string Other = "Other-horse-22";

    [Fact]
    public async Task The_code_sets_the_password_once()
    {
        var (pool, bob, code) = await ForgottenAsync();

        var answer = await ConfirmAsync(pool, "bob", code, Other);

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync(Other)).Status.ShouldBe(200);
        (await bob.TrySignInAsync()).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await ConfirmAsync(pool, "bob", code, Other)).ShouldBeError("ExpiredCodeException", "Invalid code provided, please request a code again.");
    }

    [Fact]
    public async Task A_refused_password_does_not_spend_the_code()
    {
        var (pool, _, code) = await ForgottenAsync();

        (await ConfirmAsync(pool, "bob", code, "lowercase-1"))
            .ShouldBeError("InvalidPasswordException", "Password did not conform with policy: Password must have uppercase characters");

        (await ConfirmAsync(pool, "bob", code, Other)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Guessing_ends_after_five()
    {
        var (pool, _, code) = await ForgottenAsync();
        for (var i = 0; i < 5; i++) (await ConfirmAsync(pool, "bob", "x", Other)).Type.ShouldBe("CodeMismatchException");

        (await ConfirmAsync(pool, "bob", code, Other)).ShouldBeError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    }

    [Fact]
    public async Task One_of_many_at_once_spends_the_code()
    {
        var (pool, _, code) = await ForgottenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ConfirmAsync(pool, "bob", code, Other)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_user_is_not_found_where_users_are_not_hidden()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await ConfirmAsync(pool, "nobody", "123456", Other))
            .ShouldBeError("UserNotFoundException", "Username/client id combination not found.");
    }

    [Fact]
    public async Task Where_users_are_hidden_nobody_is_answered_like_somebody()
    {
        var (pool, _, _) = await ForgottenAsync(new JsonObject { ["PreventUserExistenceErrors"] = "ENABLED" }, request: false);

        foreach (var name in (string[])["bob", "nobody"])
        {
            (await ConfirmAsync(pool, name, "x", Other)).ShouldBeError("ExpiredCodeException");
            await pool.PublicAsync("ForgotPassword", name).ShouldSucceedAsync();
            (await ConfirmAsync(pool, name, "x", Other)).ShouldBeError("CodeMismatchException");
            (await ConfirmAsync(pool, name, "x", "short")).Status.ShouldBe(400);
            (await ConfirmAsync(pool, name, "x", "lowercase-1")).ShouldBeError("InvalidPasswordException");
            (await ConfirmAsync(pool, name, "x", Other)).ShouldBeError("CodeMismatchException");
            (await ConfirmAsync(pool, name, "x", Other)).ShouldBeError("LimitExceededException");
        }
    }

    private static Task<Answer> ConfirmAsync(TestPool pool, string name, string code, string password) =>
        pool.PublicAsync("ConfirmForgotPassword", name, new JsonObject { ["ConfirmationCode"] = code, ["Password"] = password });

    private static async Task<(TestPool Pool, TestUser User, string Code)> ForgottenAsync(JsonObject? client = null, bool request = true)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: client);
        var bob = await pool.ConfirmedAsync("bob");
        await pool.World.CodeAsync(bob.Email);
        await pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("email_verified", "true")) })
            .ShouldSucceedAsync();
        if (!request) return (pool, bob, "");
        await pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();
        return (pool, bob, await pool.World.CodeAsync(bob.Email, atLeast: 2));
    }
}
