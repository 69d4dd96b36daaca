using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminResetUserPasswordTests
{
    [Fact]
    public async Task The_password_stops_working_and_a_code_sets_another()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.World.CodeAsync(bob.Email);
        await pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("email_verified", "true")) });

        var answer = await pool.AdminAsync("AdminResetUserPassword", "bob");

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync()).ShouldBeError("PasswordResetRequiredException", "Password reset required for the user");
        var code = await pool.World.CodeAsync(bob.Email, atLeast: 2);
        await pool.PublicAsync("ConfirmForgotPassword", "bob", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = "Other-horse-22" })
            .ShouldSucceedAsync();
        (await bob.TrySignInAsync("Other-horse-22")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_temporary_password_is_not_reset()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject { ["MessageAction"] = "SUPPRESS" }).ShouldSucceedAsync();

        (await pool.AdminAsync("AdminResetUserPassword", "bob"))
            .ShouldBeError("NotAuthorizedException", "User password cannot be reset in the current state.");
    }
}
