using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class VerifyUserAttributeTests
{
    [Fact]
    public async Task The_code_verifies_its_address_once()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        var code = await CodeAsync(pool, bob, tokens);

        var answer = await VerifyAsync(pool, tokens, code);

        answer.Text.ShouldBe("{}");
        (await pool.DescribeAsync("bob")).Attribute("email_verified").ShouldBe("true");
        (await VerifyAsync(pool, tokens, code)).ShouldBeError("ExpiredCodeException", "Invalid code provided, please request a code again.");
    }

    [Fact]
    public async Task One_of_many_at_once_spends_the_code()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        var code = await CodeAsync(pool, bob, tokens);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => VerifyAsync(pool, tokens, code)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "ExpiredCodeException");
    }

    [Fact]
    public async Task A_wrong_code_leaves_the_right_one()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        var code = await CodeAsync(pool, bob, tokens);

        (await VerifyAsync(pool, tokens, code == "000000" ? "000001" : "000000"))
            .ShouldBeError("CodeMismatchException", "Invalid verification code provided, please try again.");

        (await VerifyAsync(pool, tokens, code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_code_proves_no_later_address()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        var code = await CodeAsync(pool, bob, tokens);
        await pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject
        {
            ["UserAttributes"] = Calls.Attributes(("email", "other@example.com"), ("email_verified", "false")),
        }).ShouldSucceedAsync();

        (await VerifyAsync(pool, tokens, code)).Status.ShouldBe(400);

        (await pool.DescribeAsync("bob")).Attribute("email_verified").ShouldBe("false");
    }

    [Fact]
    public async Task A_verified_alias_moves_to_who_proved_it()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AliasAttributes"] = new JsonArray("email"),
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
        });
        var address = $"shared.{pool.ClientId}@example.com";
        await pool.AdminAsync("AdminCreateUser", "former", new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = Calls.Attributes(("email", address), ("email_verified", "true")),
        }).ShouldSucceedAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = Calls.Attributes(("email", address)) })
            .ShouldSucceedAsync();

        await VerifyAsync(pool, tokens, await pool.World.CodeAsync(address)).ShouldSucceedAsync();

        (await pool.DescribeAsync("former")).Attribute("email_verified").ShouldBe("false");
        (await pool.DescribeAsync(address))["Username"]!.GetValue<string>().ShouldBe("bob");
    }

    [Fact]
    public async Task Guessing_ends_after_fifteen()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        var code = await CodeAsync(pool, bob, tokens);
        for (var i = 0; i < 15; i++) await VerifyAsync(pool, tokens, "x");

        (await VerifyAsync(pool, tokens, code)).ShouldBeError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    }

    private static Task<Answer> VerifyAsync(TestPool pool, Testing.Tokens tokens, string code) =>
        pool.World.OwnAsync("VerifyUserAttribute", tokens, new JsonObject { ["AttributeName"] = "email", ["Code"] = code });

    private static async Task<string> CodeAsync(TestPool pool, TestUser user, Testing.Tokens tokens)
    {
        await pool.World.OwnAsync("GetUserAttributeVerificationCode", tokens, new JsonObject { ["AttributeName"] = "email" }).ShouldSucceedAsync();
        return await pool.World.CodeAsync(user.Email, atLeast: 2);
    }

    private static async Task<(TestPool Pool, TestUser User, Testing.Tokens Tokens)> SignedInAsync()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        // Two messages come to this address; the first must be there before the second can be told from it.
        await pool.World.CodeAsync(bob.Email);
        return (pool, bob, await bob.SignInAsync());
    }
}
