using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Account.Sessions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Deletion;

/// <summary><c>DELETE account</c>: all or nothing, and within its time.</summary>
[Collection(Alone.Name)]
public sealed class DeletionTests(PausedDatabaseFixture paused, RedisFixture redis) : IClassFixture<PausedDatabaseFixture>, IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Group_22_an_account_goes_with_its_user_its_tokens_and_all_its_sessions(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var person = await world.AccountAsync();
        var (one, two) = (new Browser(world), new Browser(world));
        await one.SignInAsync(person.Email);
        await two.SignInAsync(person.Email);
        var id = new Poolhouse.Core.Accounts.AccountId((await one.GetAsync("session")).Json["user"]!["id"]!.GetValue<string>());

        (await one.SendAsync(HttpMethod.Delete, "account")).Good();

        one.Cookie.ShouldBeNull();
        (await two.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await person.GetAsync("sessions")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await person.SendAsync(HttpMethod.Delete, "account")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await one.SignInAsync(person.Email)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        var database = world.Services.GetRequiredService<IDatabase>();
        (await database.ReadAsync(stores => stores.Accounts.FindAsync(id, Ct), Ct)).ShouldBeNull();
        (await database.ReadAsync(stores => stores.AccountSessions.ListKeysAsync(id, Ct), Ct)).ShouldBeEmpty();
        (await database.ReadAsync(stores => stores.Audit.ListAsync(id, 10, null, Ct), Ct)).Items.ShouldBeEmpty();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(person.Email))).Good();
    }

    [Fact]
    public async Task An_older_sign_in_needs_the_password_and_a_strangers_request_nothing_at_all()
    {
        await using var world = await World.StartAsync();
        var person = await world.AccountAsync();
        await world.AdvanceAsync("PT16M");

        (await world.ApiAsync(HttpMethod.Delete, "account")).ShouldBeProblem(401, "TOKEN_INVALID");
        (await person.SendAsync(HttpMethod.Delete, "account")).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await person.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = "Wrong-1234567" })).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await person.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = 7 })).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.GetAsync("sessions")).Good();
        (await person.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = TestAccount.Password })).Good();
        (await person.GetAsync("sessions")).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task From_another_site_nothing_is_deleted()
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);
        await browser.SignInAsync((await world.AccountAsync()).Email);

        (await browser.SendAsync(HttpMethod.Delete, "account", origin: "https://evil.example")).ShouldBeProblem(403, "FORBIDDEN");

        (await browser.GetAsync("session")).Good();
    }

    [Fact]
    public async Task Guesses_at_the_password_are_counted()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 8; i++) statuses.Add((await person.SendAsync(HttpMethod.Delete, "account", new JsonObject { ["password"] = $"Wrong-{i}-123456" })).Status);

        statuses.ShouldContain(429);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_piece_that_fails_or_does_not_end_undoes_all(bool hangs)
    {
        var piece = new Piece { Hangs = hangs };
        await using var world = await World.StartAsync(Engine.Postgres, services => services.AddSingleton<IAccountErasure>(piece));
        var person = await world.AccountAsync();
        var browser = new Browser(world);
        await browser.SignInAsync(person.Email);

        var watch = Stopwatch.StartNew();
        var refused = await browser.SendAsync(HttpMethod.Delete, "account");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));

        refused.ShouldBeProblem(503, "ACCOUNT_DELETION_UNAVAILABLE");
        refused.RetryAfter.ShouldNotBeNull();
        refused.Text.ShouldNotContain("inside");
        (await browser.GetAsync("session")).Good();
        (await world.SignInAsync(person.Email)).ShouldNotBeNull();
        piece.IsOff = true;
        (await browser.SendAsync(HttpMethod.Delete, "account")).Good();
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    [Fact]
    public async Task With_Redis_away_an_account_goes_and_with_the_database_away_it_stays_and_sessions_are_not_judged()
    {
        var server = await redis.ServerAsync();
        await using var world = await World.StartAsync(Engine.Sqlite, "--database", await DatabaseAsync(), "--redis", server.Configuration);
        var (first, second) = (await world.AccountAsync(), await world.AccountAsync());
        var (one, two) = (new Browser(world), new Browser(world));
        await one.SignInAsync(first.Email);
        await two.SignInAsync(second.Email);

        server.Pause();
        try
        {
            // Where the machine is so busy that also the database takes its time, "not now" is right too, and then nothing was done.
            var deleted = await one.SendAsync(HttpMethod.Delete, "account");
            for (var attempt = 0; deleted.Status == 503 && attempt < 20; attempt++) deleted = await one.SendAsync(HttpMethod.Delete, "account");
            deleted.Good();
            one.Cookie.ShouldBeNull();

            await paused.Server.PauseAsync();
            try
            {
                await UnavailableAsync(() => two.GetAsync("session"), "SESSION_STORE_UNAVAILABLE", 250);
                await UnavailableAsync(() => two.SignInAsync(second.Email), "SESSION_STORE_UNAVAILABLE", 250);
                await UnavailableAsync(() => new Browser(world).SignInAsync(second.Email), "SESSION_STORE_UNAVAILABLE", 250);
                await UnavailableAsync(() => two.SendAsync(HttpMethod.Delete, "session"), "SESSION_STORE_UNAVAILABLE", 250);
                await UnavailableAsync(() => two.SendAsync(HttpMethod.Delete, "account"), "SESSION_STORE_UNAVAILABLE", 250);
                await UnavailableAsync(() => second.SendAsync(HttpMethod.Delete, "account"), "ACCOUNT_DELETION_UNAVAILABLE", 3000);
                two.Cookie.ShouldNotBeNull();
            }
            finally
            {
                await paused.Server.ContinueAsync();
            }
        }
        finally
        {
            server.Continue();
        }

        for (var attempt = 0; (await two.GetAsync("session")).Status == 503 && attempt < 100; attempt++) await Task.Delay(100, Ct);
        (await two.GetAsync("session")).Good().Json["user"]!["email"]!.GetValue<string>().ShouldBe(second.Email);
    }

    private static async Task UnavailableAsync(Func<Task<ApiAnswer>> call, string code, int milliseconds)
    {
        var watch = Stopwatch.StartNew();
        var answer = await call();
        answer.ShouldBeProblem(503, code);
        answer.RetryAfter.ShouldNotBeNull();
        watch.ElapsedMilliseconds.ShouldBeLessThan(milliseconds + 500, code);
    }

    private async Task<string> DatabaseAsync()
    {
        _ = paused.Database;
        return await paused.Server.CreateEmptyDatabaseAsync();
    }

    private sealed class Piece : IAccountErasure
    {
        public bool Hangs { get; init; }

        public bool IsOff { get; set; }

        public async ValueTask EraseAsync(IUnitOfWork unit, Poolhouse.Core.Accounts.Account account, DateTimeOffset now, CancellationToken ct)
        {
            if (IsOff) return;
            await unit.Users.DeleteAsync(account.PoolId, account.Sub, ct);
            if (!Hangs) throw new InvalidOperationException("the secret inside");
            await Task.Delay(Timeout.Infinite, ct);
        }
    }
}
