using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Tokens;

public sealed class GlobalSignOutTests
{
    [Fact]
    public async Task It_ends_every_sign_in()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (here, there) = (await bob.SignInAsync(), await bob.SignInAsync());

        var answer = await pool.World.OwnAsync("GlobalSignOut", here);

        answer.Text.ShouldBe("{}");
        (await pool.World.OwnAsync("GetUser", here)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.World.OwnAsync("GetUser", there)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.RefreshAsync(there.Refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
    }

    [Fact]
    public async Task The_next_sign_in_works()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.World.OwnAsync("GlobalSignOut", await bob.SignInAsync());

        (await pool.World.OwnAsync("GetUser", await bob.SignInAsync())).Status.ShouldBe(200);
    }
}
