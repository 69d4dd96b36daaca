using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Recovery;

public sealed class ForgotPasswordTests
{
    [Fact]
    public async Task A_code_goes_to_the_verified_address()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await VerifiedAsync(pool, "bob");

        var answer = await pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();

        answer["CodeDeliveryDetails"]!["DeliveryMedium"]!.GetValue<string>().ShouldBe("EMAIL");
        (await pool.World.CodeAsync(bob.Email, atLeast: 2)).Length.ShouldBe(6);
    }

    [Fact]
    public async Task An_unknown_user_is_not_found_where_users_are_not_hidden()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.PublicAsync("ForgotPassword", "nobody")).ShouldBeError("UserNotFoundException", "Username/client id combination not found.");
    }

    [Fact]
    public async Task Who_has_no_verified_address_cannot_recover()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.SignedUpAsync("bob");

        (await pool.PublicAsync("ForgotPassword", "bob")).ShouldBeError(
            "InvalidParameterException", "Cannot reset password for the user as there is no registered/verified email or phone_number");
    }

    [Fact]
    public async Task A_temporary_password_is_not_recovered()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await InvitedAsync(pool);

        (await pool.PublicAsync("ForgotPassword", "bob"))
            .ShouldBeError("NotAuthorizedException", "User password cannot be reset in the current state.");
    }

    [Fact]
    public async Task Where_users_are_hidden_nobody_can_be_told_from_who_cannot_recover()
    {
        var pool = await HidingAsync();
        await pool.SignedUpAsync("unverified");
        await InvitedAsync(pool);
        await VerifiedAsync(pool, "disabled");
        await pool.AdminAsync("AdminDisableUser", "disabled").ShouldSucceedAsync();

        foreach (var name in (string[])["nobody", "unverified", "bob", "disabled"])
        {
            var answers = new List<Answer>();
            for (var i = 0; i < 6; i++) answers.Add(await pool.PublicAsync("ForgotPassword", name));

            answers.Take(5).ShouldAllBe(a => a.Status == 200 && a.Text == answers[0].Text, name);
            answers[5].ShouldBeError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
        }
    }

    [Fact]
    public async Task The_secret_hash_is_over_the_name_that_was_sent()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["GenerateSecret"] = true });

        (await pool.World.CallAsync("ForgotPassword", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["SecretHash"] = pool.HashOf("eve") }))
            .ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
    }

    private static async Task<TestUser> VerifiedAsync(TestPool pool, string name)
    {
        var user = await pool.ConfirmedAsync(name);
        await pool.World.CodeAsync(user.Email);
        await pool.AdminAsync("AdminUpdateUserAttributes", name, new JsonObject { ["UserAttributes"] = Calls.Attributes(("email_verified", "true")) })
            .ShouldSucceedAsync();
        return user;
    }

    private static Task<JsonObject> InvitedAsync(TestPool pool) => pool.AdminAsync("AdminCreateUser", "bob", new JsonObject
    {
        ["MessageAction"] = "SUPPRESS",
        ["UserAttributes"] = Calls.Attributes(("email", "bob@example.com"), ("email_verified", "true")),
    }).ShouldSucceedAsync();

    private static async Task<TestPool> HidingAsync() => await (await World.OnAsync()).PoolAsync(client: new JsonObject
    {
        ["PreventUserExistenceErrors"] = "ENABLED",
    });
}
