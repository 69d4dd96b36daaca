using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminEnableUserTests
{
    [Fact]
    public async Task The_user_may_sign_in_again_but_earlier_tokens_stay_dead()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();
        await pool.AdminAsync("AdminDisableUser", "bob");

        var answer = await pool.AdminAsync("AdminEnableUser", "bob");

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync()).Status.ShouldBe(200);
        (await pool.World.OwnAsync("GetUser", tokens)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.RefreshAsync(tokens.Refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
    }
}
