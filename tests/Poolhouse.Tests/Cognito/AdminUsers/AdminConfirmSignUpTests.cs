using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminConfirmSignUpTests
{
    [Fact]
    public async Task The_user_may_sign_in_and_no_address_is_verified()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");

        var answer = await pool.AdminAsync("AdminConfirmSignUp", "bob");

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync()).Status.ShouldBe(200);
        (await pool.DescribeAsync("bob")).Attribute("email_verified").ShouldBe("false");
    }

    [Fact]
    public async Task A_confirmed_user_is_not_confirmed_again()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await pool.AdminAsync("AdminConfirmSignUp", "bob"))
            .ShouldBeError("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED");
    }
}
