using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminUserGlobalSignOutTests
{
    [Fact]
    public async Task It_ends_every_sign_in()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.AdminAsync("AdminUserGlobalSignOut", "bob");

        answer.Text.ShouldBe("{}");
        (await pool.World.OwnAsync("GetUser", tokens)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
    }

    [Theory]
    [InlineData("AdminConfirmSignUp")]
    [InlineData("AdminDeleteUser")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminEnableUser")]
    [InlineData("AdminGetUser")]
    [InlineData("AdminResetUserPassword")]
    [InlineData("AdminUserGlobalSignOut")]
    public async Task An_unknown_user_is_not_found(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.AdminAsync(operation, "nobody")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }
}
