using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Sessions;

/// <summary>MaxPerUser: the session that was not used for longest makes room.</summary>
public sealed class SessionLimitTests
{
    [Fact]
    public async Task The_oldest_session_ends_at_once()
    {
        await using var world = await World.StartAsync();
        var pool = await world.SessionPoolAsync(maxPerUser: 2);
        var bob = await pool.ConfirmedAsync("bob");
        var first = await bob.SignInAsync();
        await world.AdvanceAsync("PT1S");
        var second = await bob.SignInAsync();
        await world.AdvanceAsync("PT1S");

        var third = await bob.SignInAsync();

        (await world.OwnAsync("GetUser", first)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.RefreshAsync(first.Refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await world.OwnAsync("GetUser", second)).Status.ShouldBe(200);
        (await world.OwnAsync("GetUser", third)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_refresh_makes_it_young()
    {
        await using var world = await World.StartAsync();
        var pool = await world.SessionPoolAsync(maxPerUser: 2);
        var bob = await pool.ConfirmedAsync("bob");
        var first = await bob.SignInAsync();
        await world.AdvanceAsync("PT1S");
        var second = await bob.SignInAsync();
        await world.AdvanceAsync("PT1S");
        await pool.RefreshAsync(first.Refresh);
        await world.AdvanceAsync("PT1S");

        await bob.SignInAsync();

        (await world.OwnAsync("GetUser", first)).Status.ShouldBe(200);
        (await world.OwnAsync("GetUser", second)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
    }

    [Fact]
    public async Task Nobody_else_is_touched()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync(maxPerUser: 1);
        var eve = await (await pool.ConfirmedAsync("eve")).SignInAsync();
        var bob = await pool.ConfirmedAsync("bob");

        await bob.SignInAsync();
        await bob.SignInAsync();

        (await pool.World.OwnAsync("GetUser", eve)).Status.ShouldBe(200);
        (await pool.SessionsAsync("bob")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lower_limit_waits_for_the_next_sign_in()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync(maxPerUser: 5);
        var bob = await pool.ConfirmedAsync("bob");
        for (var i = 0; i < 5; i++) await bob.SignInAsync();

        await pool.TrackAsync("ENABLED", 2);

        (await pool.SessionsAsync("bob")).Count.ShouldBe(5);
        await bob.SignInAsync();
        (await pool.SessionsAsync("bob")).Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Many_sign_ins_at_once_leave_no_more_than_allowed(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).SessionPoolAsync(maxPerUser: 3);
        var bob = await pool.ConfirmedAsync("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => bob.TrySignInAsync()));

        // Guesses count until they are judged, so some of so many at once hear of the lock.
        var tokens = answers.Where(a => a.Status == 200).Select(a => Testing.Tokens.Of(a.Json)).ToList();
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Message == "Password attempts exceeded" || a.Status == 503);
        tokens.Count.ShouldBeGreaterThan(3);
        var alive = 0;
        foreach (var one in tokens)
            if ((await pool.World.OwnAsync("GetUser", one)).Status == 200) alive++;
        alive.ShouldBe(3);
        (await pool.SessionsAsync("bob")).Count.ShouldBe(3);
    }
}
