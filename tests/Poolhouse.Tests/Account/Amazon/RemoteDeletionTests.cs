using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Remote;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary><c>DELETE account</c> in front of Amazon: what the pool came to is what it comes to here.</summary>
public sealed class RemoteDeletionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_account_goes_at_the_pool_and_here(Engine engine)
    {
        await using var scene = await RemoteScene.StartAsync(engine);
        var email = await scene.PersonAsync();
        var (one, two) = (await scene.BrowserAsync(email), await scene.BrowserAsync(email));
        var account = (await scene.AccountAsync(email))!;
        var access = scene.Open((await scene.SignInAsync(two))!).Access;

        (await one.SendAsync(HttpMethod.Delete, "account")).Good();

        one.Cookie.ShouldBeNull();
        (await two.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await scene.Front.ApiAsync(HttpMethod.Get, "me", token: access)).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await scene.IsAtPoolAsync(email)).ShouldBeFalse();
        (await scene.AccountAsync(email)).ShouldBeNull();
        (await scene.Database.ReadAsync(stores => stores.RemoteDeletions.IsNotedAsync(account.PoolId, account.Sub, Ct), Ct)).ShouldBeFalse();
        (await scene.Front.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Good();
    }

    [Fact]
    public async Task An_older_sign_in_needs_the_pools_password()
    {
        await using var scene = await RemoteScene.StartAsync();
        var email = await scene.PersonAsync();
        var browser = await scene.BrowserAsync(email);
        await scene.Front.AdvanceAsync("PT16M");

        (await browser.SendAsync(HttpMethod.Delete, "account")).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await browser.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = "Wrong-1234567" })).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await scene.IsAtPoolAsync(email)).ShouldBeTrue();
        (await browser.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = TestAccount.Password })).Good();
        (await scene.IsAtPoolAsync(email)).ShouldBeFalse();
    }

    [Fact]
    public async Task With_the_pool_away_nothing_is_deleted()
    {
        await using var scene = await RemoteScene.StartAsync(Engine.Sqlite, "--Applications:ltd:RevocationSeconds", "60");
        var email = await scene.PersonAsync();
        var browser = await scene.BrowserAsync(email);
        (await browser.GetAsync("session")).Good();
        var account = (await scene.AccountAsync(email))!;
        scene.Line.State = LineState.Cut;

        var answer = await browser.SendAsync(HttpMethod.Delete, "account");

        answer.ShouldBeProblem(503, "ACCOUNT_DELETION_UNAVAILABLE");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        scene.Line.State = LineState.Up;
        await SettleAsync(scene, account);
        (await scene.IsAtPoolAsync(email)).ShouldBeTrue();
        (await scene.AccountAsync(email)).ShouldNotBeNull();
        (await browser.GetAsync("session")).Good();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_out()
    {
        await using var scene = await RemoteScene.StartAsync(Engine.Sqlite, "--Applications:ltd:RevocationSeconds", "60");
        var email = await scene.PersonAsync();
        var browser = await scene.BrowserAsync(email);
        (await browser.GetAsync("session")).Good();
        var account = (await scene.AccountAsync(email))!;
        scene.Line.State = LineState.LosesAnswers;

        (await browser.SendAsync(HttpMethod.Delete, "account")).ShouldBeProblem(503, "ACCOUNT_DELETION_UNAVAILABLE");

        (await scene.IsAtPoolAsync(email)).ShouldBeFalse("The request arrived.");
        scene.Line.State = LineState.Up;
        await SettleAsync(scene, account);
        (await scene.AccountAsync(email)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_node_that_dies_between_the_two_leaves_it_to_the_next(Engine engine)
    {
        await using var scene = await RemoteScene.StartAsync(engine);
        var email = await scene.PersonAsync();
        await scene.BrowserAsync(email);
        var account = (await scene.AccountAsync(email))!;
        var application = scene.Front.Services.GetRequiredService<Applications>().Find("ltd")!;

        await scene.Front.Services.GetRequiredService<RemoteDeletions>().RemoveAtPoolAsync(application, account, Ct);

        (await scene.AccountAsync(email)).ShouldNotBeNull("Nothing ran after it.");
        await SettleAsync(scene, account);
        (await scene.AccountAsync(email)).ShouldBeNull();
        (await scene.Database.ReadAsync(stores => stores.AccountSessions.ListKeysAsync(account.Id, Ct), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_else_who_has_the_name_by_then_is_not_touched()
    {
        await using var scene = await RemoteScene.StartAsync();
        var email = await scene.PersonAsync();
        await scene.BrowserAsync(email);
        var account = (await scene.AccountAsync(email))!;
        var application = scene.Front.Services.GetRequiredService<Applications>().Find("ltd")!;
        await scene.Front.Services.GetRequiredService<RemoteDeletions>().RemoveAtPoolAsync(application, account, Ct);
        await scene.DoAsync("AdminCreateUser", email, new JsonObject { ["MessageAction"] = "SUPPRESS" });

        await SettleAsync(scene, account);

        (await scene.IsAtPoolAsync(email)).ShouldBeTrue();
        (await scene.AccountAsync(email)).ShouldBeNull();
    }

    // Upkeep runs by itself too; whichever comes first.
    private static async Task SettleAsync(RemoteScene scene, Poolhouse.Core.Accounts.Account account)
    {
        await scene.Front.AdvanceAsync("PT2M");
        for (var i = 0; i < 200; i++)
        {
            await scene.UpkeepAsync();
            if (!await scene.Database.ReadAsync(stores => stores.RemoteDeletions.IsNotedAsync(account.PoolId, account.Sub, Ct), Ct)) return;
            await scene.Front.AdvanceAsync("PT1M");
            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("The note of the removal stays.");
    }
}
