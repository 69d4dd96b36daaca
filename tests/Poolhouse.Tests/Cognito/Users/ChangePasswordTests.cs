using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class ChangePasswordTests
{
    private const string Other = "Other-horse-22";

    [Fact]
    public async Task The_new_password_works_and_tokens_stay()
    {
        var (pool, bob, tokens) = await SignedInAsync();

        var answer = await ChangeAsync(pool, tokens, bob.Password, Other);

        answer.Text.ShouldBe("{}");
        (await bob.TrySignInAsync(Other)).Status.ShouldBe(200);
        (await bob.TrySignInAsync()).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await pool.World.OwnAsync("GetUser", tokens)).Status.ShouldBe(200);
        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Wrong_previous_password_is_not_authorized()
    {
        var (pool, _, tokens) = await SignedInAsync();

        (await ChangeAsync(pool, tokens, "Wrong-horse-1", Other)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task Who_has_a_password_gives_it()
    {
        var (pool, _, tokens) = await SignedInAsync();

        (await ChangeAsync(pool, tokens, previous: null, Other)).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task The_new_password_follows_the_policy()
    {
        var (pool, bob, tokens) = await SignedInAsync();

        (await ChangeAsync(pool, tokens, bob.Password, "Short-1")).ShouldBeError(
            "InvalidPasswordException", "Password did not conform with policy: Password not long enough");
    }

    [Fact]
    public async Task An_earlier_password_does_not_come_back()
    {
        var (pool, bob, tokens) = await SignedInAsync(new JsonObject
        {
            ["Policies"] = new JsonObject { ["PasswordPolicy"] = new JsonObject { ["MinimumLength"] = 8, ["PasswordHistorySize"] = 2 } },
        });
        await ChangeAsync(pool, tokens, bob.Password, Other).ShouldSucceedAsync();

        (await ChangeAsync(pool, tokens, Other, bob.Password)).ShouldBeError("PasswordHistoryPolicyViolationException");
        (await ChangeAsync(pool, tokens, Other, Other)).ShouldBeError("PasswordHistoryPolicyViolationException");
    }

    [Fact]
    public async Task One_of_many_at_once_wins()
    {
        var (pool, bob, tokens) = await SignedInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ChangeAsync(pool, tokens, bob.Password, $"Other-horse-{i}")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "NotAuthorizedException");
    }

    [Fact]
    public async Task Five_an_hour_are_enough()
    {
        var (pool, bob, tokens) = await SignedInAsync();
        for (var i = 0; i < 5; i++) await ChangeAsync(pool, tokens, "Wrong-horse-1", Other);

        (await ChangeAsync(pool, tokens, bob.Password, Other))
            .ShouldBeError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    }

    private static Task<Answer> ChangeAsync(TestPool pool, Testing.Tokens tokens, string? previous, string proposed)
    {
        var request = new JsonObject { ["ProposedPassword"] = proposed };
        if (previous is not null) request["PreviousPassword"] = previous;
        return pool.World.OwnAsync("ChangePassword", tokens, request);
    }

    private static async Task<(TestPool Pool, TestUser User, Testing.Tokens Tokens)> SignedInAsync(JsonObject? settings = null)
    {
        var pool = await (await World.OnAsync()).PoolAsync(settings);
        var bob = await pool.ConfirmedAsync("bob");
        return (pool, bob, await bob.SignInAsync());
    }
}
