using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class GetUserAttributeVerificationCodeTests
{
    [Fact]
    public async Task A_code_goes_to_the_present_address()
    {
        var (pool, bob, tokens) = await SignedInAsync();

        var answer = await SendAsync(pool, tokens, "email").ShouldSucceedAsync();

        answer["CodeDeliveryDetails"]!["AttributeName"]!.GetValue<string>().ShouldBe("email");
        (await pool.World.CodeAsync(bob.Email, atLeast: 2)).Length.ShouldBe(6);
    }

    [Fact]
    public async Task Other_attributes_cannot_be_verified()
    {
        var (pool, _, tokens) = await SignedInAsync();

        (await SendAsync(pool, tokens, "name"))
            .ShouldBeError("InvalidParameterException", "Invalid attribute name. Only phone_number and email can be verified.");
    }

    [Fact]
    public async Task An_address_that_is_not_there_gets_none()
    {
        var (pool, _, tokens) = await SignedInAsync();

        (await SendAsync(pool, tokens, "phone_number")).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Five_an_hour_are_enough()
    {
        var (pool, _, tokens) = await SignedInAsync();

        for (var i = 0; i < 5; i++) await SendAsync(pool, tokens, "email").ShouldSucceedAsync();

        (await SendAsync(pool, tokens, "email")).ShouldBeError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    }

    private static Task<Answer> SendAsync(TestPool pool, Testing.Tokens tokens, string name) =>
        pool.World.OwnAsync("GetUserAttributeVerificationCode", tokens, new JsonObject { ["AttributeName"] = name });

    private static async Task<(TestPool Pool, TestUser User, Testing.Tokens Tokens)> SignedInAsync()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        return (pool, bob, await bob.SignInAsync());
    }
}
