using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminDisableUserTests
{
    [Fact]
    public async Task A_disabled_user_can_do_nothing()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();

        var answer = await pool.AdminAsync("AdminDisableUser", "bob");

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync()).ShouldBeError("NotAuthorizedException", "User is disabled.");
        (await pool.World.OwnAsync("GetUser", tokens)).ShouldBeError("NotAuthorizedException", "User is disabled.");
        (await pool.RefreshAsync(tokens.Refresh)).ShouldBeError("NotAuthorizedException", "User is disabled.");
        (await pool.DescribeAsync("bob"))["Enabled"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_call_answers_alike()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        await pool.AdminAsync("AdminDisableUser", "bob");

        (await pool.AdminAsync("AdminDisableUser", "bob")).Text.ShouldBe("{}");
    }
}
