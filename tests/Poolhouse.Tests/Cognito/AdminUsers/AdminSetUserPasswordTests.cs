using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminSetUserPasswordTests
{
    private const string Other = "Other-horse-22";

    [Fact]
    public async Task A_permanent_password_confirms()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");

        var answer = await SetAsync(pool, Other, isPermanent: true);

        answer.Text.ShouldBe("{}");
        (await pool.DescribeAsync("bob"))["UserStatus"]!.GetValue<string>().ShouldBe("CONFIRMED");
        (await bob.TrySignInAsync(Other)).Json.ContainsKey("AuthenticationResult").ShouldBeTrue();
    }

    [Fact]
    public async Task Another_must_be_replaced_and_tokens_stay()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();

        await SetAsync(pool, Other, isPermanent: false).ShouldSucceedAsync();

        (await bob.TrySignInAsync(Other)).Json["ChallengeName"]!.GetValue<string>().ShouldBe("NEW_PASSWORD_REQUIRED");
        (await pool.World.OwnAsync("GetUser", tokens)).Status.ShouldBe(200);
        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_follows_the_policy()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.SignedUpAsync("bob");

        (await SetAsync(pool, "Short-1", isPermanent: true))
            .ShouldBeError("InvalidPasswordException", "Password does not conform to policy: Password not long enough");
    }

    [Fact]
    public async Task It_ends_a_lock()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        for (var i = 0; i < 8; i++) await bob.TrySignInAsync("Wrong-horse-1");

        await SetAsync(pool, Other, isPermanent: true).ShouldSucceedAsync();

        (await bob.TrySignInAsync(Other)).Status.ShouldBe(200);
    }

    private static Task<Answer> SetAsync(TestPool pool, string password, bool isPermanent) =>
        pool.AdminAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = password, ["Permanent"] = isPermanent });
}
