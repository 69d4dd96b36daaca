using Poolhouse.Core.Logs;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>Sessions, events of threat protection and waiting log lines.</summary>
public abstract class ThreatStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task An_event_is_read_as_it_was_written_and_replaced_in_its_place()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        var (first, second) = (Event(user) with { Level = RiskLevel.High, IsCompromised = true, Challenges = new AuthChallenge[] { new("Password", true), new("Mfa", false) } }, Event(user));
        await WriteAsync(unit => unit.AuthEvents.PutAsync(first, Ct));
        await WriteAsync(unit => unit.AuthEvents.PutAsync(second, Ct));
        await WriteAsync(unit => unit.AuthEvents.SetFeedbackAsync(user.PoolId, user.Sub, first.Id, new AuthFeedback(false, "Admin", Now), Ct));

        await WriteAsync(unit => unit.AuthEvents.PutAsync(first with { Response = AuthEventResponse.Pass }, Ct));

        var page = await ReadAsync(stores => stores.AuthEvents.ListAsync(user.PoolId, user.Sub, 1, null, Ct));
        page.Items.Single().ShouldBeEquivalentTo(second);
        var rest = await ReadAsync(stores => stores.AuthEvents.ListAsync(user.PoolId, user.Sub, 1, page.Next, Ct));
        rest.Next.ShouldBeNull();
        rest.Items.Single().ShouldBeEquivalentTo(first with { Response = AuthEventResponse.Pass, Feedback = new AuthFeedback(false, "Admin", Now) });
    }

    [Fact]
    public async Task Sign_ins_are_listed_without_the_rest_and_without_what_is_old()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        await WriteAsync(unit => unit.AuthEvents.PutAsync(Event(user) with { At = Now.AddDays(-91) }, Ct));
        await WriteAsync(unit => unit.AuthEvents.PutAsync(Event(user) with { Type = AuthEventKind.SignUp }, Ct));
        var known = Event(user);
        await WriteAsync(unit => unit.AuthEvents.PutAsync(known, Ct));

        (await ReadAsync(stores => stores.AuthEvents.ListSignInsAsync(user.PoolId, user.Sub, Now.AddDays(-90), 100, Ct))).Select(e => e.Id).ShouldBe([known.Id]);
    }

    [Fact]
    public async Task Nobody_elses_event_is_found()
    {
        var pool = await PoolAsync();
        var (bob, eve) = (await UserAsync(pool, "bob"), await UserAsync(pool, "eve"));
        var known = Event(bob);
        await WriteAsync(unit => unit.AuthEvents.PutAsync(known, Ct));

        (await ReadAsync(stores => stores.AuthEvents.FindAsync(pool.Id, eve.Sub, known.Id, Ct))).ShouldBeNull();
        (await WriteAsync(unit => unit.AuthEvents.SetFeedbackAsync(pool.Id, eve.Sub, known.Id, new AuthFeedback(true, "User", Now), Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task Eviction_keeps_the_most_recently_used()
    {
        var pool = await PoolAsync();
        var (user, client) = (await UserAsync(pool, "bob"), await ClientAsync(pool));
        var plain = await FamilyAsync(user, client);
        for (var i = 0; i < 4; i++)
        {
            var family = plain with { Id = NewId(), SessionId = $"tkn{i}", LastActiveAt = Now.AddMinutes(i), Device = "d" };
            await WriteAsync(unit => unit.Families.CreateAsync(family, Ct));
            if (i == 0) plain = family;
        }

        (await WriteAsync(unit => unit.Families.TouchAsync(plain.Id, "e", "192.0.2.1", Now.AddHours(1), Ct))).ShouldBeTrue();
        await WriteAsync(unit => unit.Families.EvictAsync(pool.Id, user.Sub, 2, Now.AddHours(2), Ct));

        var left = await ReadAsync(stores => stores.Families.ListSessionsAsync(pool.Id, user.Sub, 125, Now, Ct));
        left.Select(f => f.SessionId).ShouldBe(["tkn0", "tkn3"]);
        left[0].Device.ShouldBe("e");
        left[0].Address.ShouldBe("192.0.2.1");
        await WriteAsync(unit => unit.Families.EvictAsync(pool.Id, user.Sub, 0, Now.AddHours(2), Ct));
        (await WriteAsync(unit => unit.Families.TouchAsync(plain.Id, "e", null, Now, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_is_revoked_once()
    {
        var pool = await PoolAsync();
        var (user, client) = (await UserAsync(pool, "bob"), await ClientAsync(pool));
        var family = (await FamilyAsync(user, client)) with { Id = NewId(), SessionId = "tkn", LastActiveAt = Now };
        await WriteAsync(unit => unit.Families.CreateAsync(family, Ct));

        var won = await RaceAsync((unit, _) => unit.Families.RevokeSessionAsync(pool.Id, user.Sub, "tkn", Now, Ct));

        won.Count(w => w).ShouldBe(1);
    }

    [Fact]
    public async Task Log_lines_are_taken_in_order_by_one_and_come_back()
    {
        await ClearAsync();
        var pool = await PoolAsync();
        for (var i = 0; i < 3; i++) await AddAsync(pool, $"line {i}");

        var claims = await RaceAsync(async (unit, _) => await unit.Logs.ClaimAsync(10, Now.AddMinutes(1), Now, Ct));

        claims.Sum(c => c.Count).ShouldBe(3);
        var first = claims.SelectMany(c => c).OrderBy(c => c.Entry.Line).ToList();
        first.ShouldAllBe(c => c.Attempts == 1);
        await WriteAsync(unit => unit.Logs.CompleteAsync(first[0].Entry.Id, Ct));
        await WriteAsync(unit => unit.Logs.DeferAsync(first[1].Entry.Id, Now.AddHours(1), Ct));
        var again = await WriteAsync(unit => unit.Logs.ClaimAsync(10, Now.AddHours(3), Now.AddMinutes(2), Ct));
        again.Select(c => (c.Entry.Line, c.Attempts)).ShouldBe([("line 2", 2)]);
    }

    [Fact]
    public async Task Too_many_log_lines_lose_the_oldest()
    {
        await ClearAsync();
        var pool = await PoolAsync();
        for (var i = 0; i < 5; i++) await AddAsync(pool, $"line {i}");

        (await WriteAsync(unit => unit.Logs.TrimAsync(3, Ct))).ShouldBe(2);

        (await WriteAsync(unit => unit.Logs.TrimAsync(3, Ct))).ShouldBe(0);
        (await WriteAsync(unit => unit.Logs.ClaimAsync(10, Now.AddMinutes(1), Now, Ct))).Select(c => c.Entry.Line).ShouldBe(["line 2", "line 3", "line 4"]);
    }

    private Task<int> ClearAsync() => WriteAsync(unit => unit.Logs.TrimAsync(0, Ct)).AsTask();

    private ValueTask<bool> AddAsync(UserPool pool, string line) =>
        WriteAsync(unit => unit.Logs.AddAsync(new LogEntry(NewId(), pool.Id, "arn", line, Now), Ct));

    private static AuthEvent Event(User user) => new()
    {
        Id = NewId(),
        PoolId = user.PoolId,
        Sub = user.Sub,
        ClientId = new ClientId("client"),
        Type = AuthEventKind.SignIn,
        Response = AuthEventResponse.InProgress,
        At = Now,
        Address = "192.0.2.1",
        Device = "d",
        Fingerprint = "f",
        HasContext = true,
    };
}

public sealed class ThreatStoreOnSqliteTests(SqliteFixture fixture) : ThreatStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class ThreatStoreOnPostgresTests(PostgresFixture fixture) : ThreatStoreTests(fixture), IClassFixture<PostgresFixture>;
