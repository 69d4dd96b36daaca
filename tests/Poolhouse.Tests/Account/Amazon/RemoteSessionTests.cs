using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>Cookie sessions of users of a pool at Amazon: the pool says whether they live.</summary>
public sealed class RemoteSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    public async Task What_ends_the_sign_in_at_the_pool_ends_the_session(string operation)
    {
        var world = await World.OnAsync(Engine.Amazon);
        var person = await world.AccountAsync();
        var browser = new Browser(world);
        (await browser.SignInAsync(person.Email)).Good();
        (await browser.GetAsync("sessions")).Good().Json["sessions"]!.AsArray().Count.ShouldBe(1);

        await world.DoAsync(operation, new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["Username"] = person.Email });

        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        browser.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task Leaving_everywhere_and_a_reset_password_end_all_of_them()
    {
        var world = await World.OnAsync(Engine.Amazon);
        var person = await world.AccountAsync();
        var (one, two) = (new Browser(world), new Browser(world));
        await one.SignInAsync(person.Email);
        await two.SignInAsync(person.Email);

        (await one.SendAsync(HttpMethod.Post, "auth/logout", new JsonObject { ["everywhere"] = true })).Good();

        (await two.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await person.GetAsync("me")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await one.SignInAsync(person.Email)).Good();
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = person.Email, ["purpose"] = "password_reset" })).Good();
        var reset = new JsonObject { ["email"] = person.Email, ["code"] = await world.CodeAsync(person.Email, 2), ["purpose"] = "password_reset", ["new_password"] = "Other-1234567" };
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", reset)).Good();
        (await one.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    [Theory]
    [InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_64_requests_after_the_access_tokens_end_one_refreshes_and_all_are_answered(Engine engine)
    {
        await using var scene = await RemoteScene.StartAsync(engine);
        // Each refresh token is good once, without grace: whoever asked twice would lose the session.
        await scene.Remote.DoAsync("UpdateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = AmazonScene.PoolId, ["ClientId"] = AmazonScene.ClientId, ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"),
            ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 },
        });
        var browser = await scene.BrowserAsync(await scene.PersonAsync());
        var before = (await scene.SignInAsync(browser))!;
        await scene.Remote.AdvanceAsync("PT2H");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => browser.GetAsync("session")));

        // A busy machine may miss the session store's own budget, which says so; nobody is signed out.
        answers.Select(answer => answer.Status).Distinct().ShouldBeSubsetOf([200, 503]);
        answers.ShouldContain(answer => answer.Status == 200);
        var after = (await scene.SignInAsync(browser))!;
        after.Version.ShouldBe(before.Version + 1);
        scene.Open(after).Refresh.ShouldNotBe(scene.Open(before).Refresh);
        await scene.Remote.AdvanceAsync("PT2H");
        (await browser.GetAsync("me")).Good();
        (await scene.SignInAsync(browser))!.Version.ShouldBe(before.Version + 2);
    }

    [Fact]
    public async Task A_refresh_token_that_is_over_ends_the_session_and_nothing_of_it_is_left()
    {
        await using var scene = await RemoteScene.StartAsync();
        var browser = await scene.BrowserAsync(await scene.PersonAsync());
        var signIn = (await scene.SignInAsync(browser))!;
        await scene.Remote.AdvanceAsync("P40D");

        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");

        (await scene.Database.ReadAsync(stores => stores.RemoteSignIns.FindAsync(signIn.Id, Ct), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task With_the_pool_away_nobody_is_let_in_and_nobody_is_signed_out()
    {
        await using var scene = await RemoteScene.StartAsync();
        var browser = await scene.BrowserAsync(await scene.PersonAsync());
        var cookie = browser.Cookie;
        scene.Line.State = LineState.Cut;

        var answer = await browser.GetAsync("me");
        answer.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        browser.Cookie.ShouldBe(cookie);
        scene.Line.State = LineState.Up;

        await UntilAsync(async () => (await browser.GetAsync("me")).Status == 200);
    }

    [Fact]
    public async Task Leaving_works_with_the_pool_away_and_the_pool_hears_of_it_later()
    {
        await using var scene = await RemoteScene.StartAsync();
        var browser = await scene.BrowserAsync(await scene.PersonAsync());
        var (cookie, signIn) = (browser.Cookie, (await scene.SignInAsync(browser))!);
        var tokens = scene.Open(signIn);
        scene.Line.State = LineState.Cut;

        (await browser.SendAsync(HttpMethod.Delete, "session")).Good();
        browser.Cookie = cookie;
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await scene.RefuseAsync(tokens.Refresh!)).ShouldBeNull("The pool has not heard of it.");
        scene.Line.State = LineState.Up;
        (await scene.Front.ApiAsync(HttpMethod.Get, "me", token: tokens.Access)).ShouldBeProblem(401, "TOKEN_REVOKED");

        await UntilAsync(async () => await scene.Database.ReadAsync(stores => stores.RemoteSignIns.FindAsync(signIn.Id, Ct), Ct) is null);
        (await scene.RefuseAsync(tokens.Refresh!)).ShouldBe("NotAuthorizedException");
    }

    [Fact]
    public async Task A_bearer_token_alone_makes_a_session_that_ends_with_it()
    {
        var world = await World.OnAsync(Engine.Amazon);
        var person = await world.AccountAsync();
        var browser = new Browser(world);

        var begun = (await browser.SendAsync(HttpMethod.Post, "session", token: person.Access)).Good().Json;

        DateTimeOffset.Parse(begun["expires_at"]!.GetValue<string>()).ShouldBe(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(2));
        (await browser.GetAsync("session")).Good();
        (await person.PostAsync("auth/logout")).Good();
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    [Theory]
    [InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Stored_tokens_open_in_their_own_row_only_and_an_ended_sign_in_is_not_stored_again(Engine engine)
    {
        await using var scene = await RemoteScene.StartAsync(engine);
        var browser = await scene.BrowserAsync(await scene.PersonAsync());
        var signIn = (await scene.SignInAsync(browser))!;
        scene.Open(signIn).Access.ShouldStartWith("ey");

        scene.Open(signIn with { Id = "another" }).ShouldBeNull();
        (await WriteAsync(unit => unit.RemoteSignIns.PutAsync(signIn with { AccountId = new("another") }, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.RemoteSignIns.PutAsync(signIn with { CanRefresh = false, SealedTokens = [1] }, Ct))).ShouldBeTrue();
        (await scene.SignInAsync(browser))!.SealedTokens.ShouldBe(signIn.SealedTokens, "A refresh token is not given away for none.");
        (await WriteAsync(async unit =>
        {
            await unit.RemoteSignIns.EndAsync(signIn.Id, DateTimeOffset.UtcNow, Ct);
            return true;
        })).ShouldBeTrue();
        (await WriteAsync(unit => unit.RemoteSignIns.PutAsync(signIn, Ct))).ShouldBeFalse();
        var claims = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => scene.Database.WriteAsync(
            unit => unit.RemoteSignIns.ClaimRefreshAsync(signIn.Id, signIn.Version, DateTimeOffset.UtcNow.AddMinutes(1), DateTimeOffset.UtcNow, Ct), Ct).AsTask()));
        claims.ShouldAllBe(isClaimed => !isClaimed, "It has ended.");

        Task<bool> WriteAsync(Func<Poolhouse.Core.Stores.IUnitOfWork, ValueTask<bool>> write) => scene.Database.WriteAsync(write, Ct).AsTask();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await isSo()) return;
            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("It did not come to it.");
    }
}
