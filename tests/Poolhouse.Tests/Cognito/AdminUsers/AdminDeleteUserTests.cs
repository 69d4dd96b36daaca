using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminDeleteUserTests
{
    [Fact]
    public async Task The_user_is_gone_and_the_answer_is_empty()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.AdminAsync("AdminDeleteUser", "bob");

        (answer.Status, answer.Text).ShouldBe((200, ""));
        (await pool.AdminAsync("AdminDeleteUser", "bob")).ShouldBeError("UserNotFoundException", "User does not exist.");
        (await pool.World.OwnAsync("GetUser", tokens)).ShouldBeError("UserNotFoundException");
    }
}
