using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class LockoutTests
{
    private const string Wrong = "Incorrect username or password.";
    private const string Locked = "Password attempts exceeded";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Five_wrong_passwords_lock_and_time_unlocks(Engine engine)
    {
        await using var world = await World.StartAsync(engine);
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        var texts = await GuessAsync(bob, 5);
        var whileLocked = await bob.TrySignInAsync();
        await world.AdvanceAsync("PT15M1S");

        var later = await bob.TrySignInAsync();

        texts.ShouldAllBe(t => t == Wrong);
        whileLocked.ShouldBeError("NotAuthorizedException", Locked);
        later.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_sign_in_forgets_the_guesses_before_it()
    {
        await using var world = await World.StartAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        await GuessAsync(bob, 4);
        await bob.SignInAsync();

        var texts = await GuessAsync(bob, 4);

        texts.ShouldAllBe(t => t == Wrong);
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_lock_doubles_with_every_further_guess()
    {
        await using var world = await World.StartAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        await GuessAsync(bob, 5);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await world.AdvanceAsync("PT16M");
            (await bob.TrySignInAsync("Wrong-horse-1")).Message.ShouldBe(Wrong);
        }

        // Ten failures: locked for 2^5 seconds.
        await world.AdvanceAsync("PT25S");
        var early = await bob.TrySignInAsync();
        await world.AdvanceAsync("PT10S");
        var late = await bob.TrySignInAsync();

        early.ShouldBeError("NotAuthorizedException", Locked);
        late.ShouldBeSignedIn();
    }

    [Fact]
    public async Task Every_way_to_prove_a_password_shares_one_lock()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.VerifiedAsync("bob");
        var tokens = await bob.SignInAsync();
        await bob.TrySignInAsync("Wrong-horse-1");
        await (bob with { Name = bob.Email }).TrySignInAsync("Wrong-horse-1");
        await new SrpPerson(pool, "Wrong-horse-1").SignInAsync("bob");
        await pool.AdminStartAsync("ADMIN_USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = "BOB", ["PASSWORD"] = "Wrong-horse-1" });
        await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "bob", ["PREFERRED_CHALLENGE"] = "PASSWORD", ["PASSWORD"] = "Wrong-horse-1" });

        var bySrp = await new SrpPerson(pool).SignInAsync("bob");
        var byChange = await pool.World.CallAsync("ChangePassword", new JsonObject
        {
            ["AccessToken"] = tokens.Access, ["PreviousPassword"] = TestPool.Password, ["ProposedPassword"] = "Another-horse-2",
        });

        bySrp.ShouldBeError("NotAuthorizedException", Locked);
        byChange.Status.ShouldBe(400);
        byChange.Message.ShouldBe(Locked);
    }

    [Fact]
    public async Task One_users_lock_is_nobody_elses()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var alice = await pool.ConfirmedAsync("alice");
        var namesake = await (await world.PoolAsync()).ConfirmedAsync("bob");
        await GuessAsync(bob, 6);

        (await alice.TrySignInAsync()).ShouldBeSignedIn();
        (await namesake.TrySignInAsync()).ShouldBeSignedIn();
    }

    private static async Task<List<string?>> GuessAsync(TestUser user, int times)
    {
        var texts = new List<string?>();
        for (var i = 0; i < times; i++) texts.Add((await user.TrySignInAsync($"Wrong-horse-{i}")).Message);
        return texts;
    }
}
