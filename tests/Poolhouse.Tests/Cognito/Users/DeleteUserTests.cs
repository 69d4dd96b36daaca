using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class DeleteUserTests
{
    [Fact]
    public async Task The_user_is_gone_and_the_answer_is_empty()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.World.OwnAsync("DeleteUser", tokens);

        (answer.Status, answer.Text).ShouldBe((200, ""));
        (await pool.AdminAsync("AdminGetUser", "bob")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task Its_tokens_do_not_pass_to_the_next_of_that_name()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.OwnAsync("DeleteUser", tokens);
        await pool.ConfirmedAsync("bob");

        (await pool.World.OwnAsync("GetUser", tokens)).Status.ShouldBe(400);
        (await pool.RefreshAsync(tokens.Refresh))
            .ShouldBeError("NotAuthorizedException", "The user has been deleted for the associated refresh token");
    }
}
