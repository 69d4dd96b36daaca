using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>What the outbox does with messages whose ids a queue has.</summary>
public abstract class OutboxQueueTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_of_64_claims_a_message()
    {
        var id = await AddAsync();
        await QueueAsync();

        var claims = await RaceAsync((unit, i) => unit.Outbox.ClaimOneAsync(id, $"consumer {i}", Lease, Now, Ct));

        claims.Where(claim => claim is not null).ShouldHaveSingleItem()!.Message.Id.ShouldBe(id);
    }

    [Fact]
    public async Task No_two_relays_queue_the_same_message()
    {
        List<string> ids = [];
        for (var i = 0; i < 50; i++) ids.Add(await AddAsync(i == 0));

        var queued = await RaceAsync((unit, _) => unit.Outbox.QueueAsync(3, Lease, [], Now, Ct));

        queued.SelectMany(answer => answer).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task A_message_is_claimed_by_its_id_until_it_is_closed()
    {
        var id = await AddAsync();
        (await QueueAsync()).ShouldBe([id]);
        (await QueueAsync()).ShouldBeEmpty();
        (await ClaimDueAsync()).ShouldBeEmpty();

        (await ClaimAsync(id))!.Attempts.ShouldBe(0);
        (await ClaimAsync(id)).ShouldBeNull();
        (await WriteAsync(unit => unit.Outbox.CompleteAsync(id, "a", Now, Ct))).ShouldBeTrue();

        (await ClaimAsync(id, Now + Lease)).ShouldBeNull();
        (await ClaimAsync(NewId())).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_put_off_is_not_claimed_before_its_time()
    {
        var id = await AddAsync();
        await ClaimAsync(id);
        await WriteAsync(unit => unit.Outbox.FailAsync(id, "a", Now.AddSeconds(5), "smtp-451", Ct));

        (await ClaimAsync(id, Now.AddSeconds(4))).ShouldBeNull();
        (await ClaimAsync(id, Now.AddSeconds(5)))!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_consumes_is_due_again_when_its_lease_ends_or_the_queue_is_gone()
    {
        var id = await AddAsync();
        await QueueAsync(lease: Brief);
        var end = await EndOfAsync(Brief);
        (await QueueAsync(end)).ShouldBe([id]);

        (await WriteAsync(unit => unit.Outbox.ReleaseQueuedAsync(end, Ct))).ShouldBe(1);

        (await ClaimDueAsync(end)).ShouldHaveSingleItem().Message.Id.ShouldBe(id);
        (await WriteAsync(unit => unit.Outbox.ReleaseQueuedAsync(end, Ct))).ShouldBe(0);
        (await ClaimDueAsync(end)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_too_late_is_neither_queued_nor_claimed()
    {
        var id = await AddAsync();
        var late = Now.AddHours(1).AddMilliseconds(1);

        (await ClaimAsync(id, late)).ShouldBeNull();
        (await QueueAsync(late)).ShouldBeEmpty();

        (await ReadAsync(stores => stores.Outbox.StateAsync(Ct))).ShouldBe(new OutboxState(0, 0, null));
    }

    [Fact]
    public async Task A_newer_message_supersedes_one_that_the_queue_has_and_nobody_is_sending()
    {
        var older = await AddAsync(supersedeKey: "bob");
        await QueueAsync();

        var newer = await AddAsync(isFirst: false, supersedeKey: "bob");

        (await ClaimAsync(older)).ShouldBeNull();
        (await ClaimAsync(newer)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Leases_that_were_lost_in_a_row_are_counted()
    {
        var id = await AddAsync();
        (await ClaimAsync(id, lease: Brief))!.LostLeases.ShouldBe(0);
        var end = await EndOfAsync(Brief);
        (await ClaimAsync(id, end, Brief))!.LostLeases.ShouldBe(1);
        end = await EndOfAsync(Brief, end);
        (await QueueAsync(end)).ShouldBe([id]);
        (await ClaimAsync(id, end, Brief))!.LostLeases.ShouldBe(2);
        end = await EndOfAsync(Brief, end);
        (await ClaimDueAsync(end)).Single().LostLeases.ShouldBe(3);

        await WriteAsync(unit => unit.Outbox.FailAsync(id, "a", end, "smtp-451", Ct));

        (await ClaimAsync(id, end))!.LostLeases.ShouldBe(0);
    }

    // The outbox is one for all tests of this class, so each starts with an empty one.
    private protected async Task<string> AddAsync(bool isFirst = true, string? supersedeKey = null, DateTimeOffset? created = null)
    {
        if (isFirst) await Database.ResetAsync(Ct);
        var message = new OutboxMessage
        {
            Id = NewId(),
            PoolId = new PoolId("us-east-1_x"),
            Kind = MessageKind.PasswordResetCode,
            Channel = MessageChannel.Email,
            To = "bob@example.com",
            CreatedAt = created ?? Now.AddSeconds(-1),
            NotAfter = Now.AddHours(1),
            SupersedeKey = supersedeKey,
        };
        await WriteAsync(unit => unit.Outbox.AddAsync(message, Ct));
        return message.Id;
    }

    private protected ValueTask<IReadOnlyList<string>> QueueAsync(DateTimeOffset? now = null, TimeSpan? lease = null) =>
        WriteAsync(unit => unit.Outbox.QueueAsync(100, lease ?? Lease, [], now ?? Now, Ct));

    private protected ValueTask<ClaimedMessage?> ClaimAsync(string id, DateTimeOffset? now = null, TimeSpan? lease = null) =>
        WriteAsync(unit => unit.Outbox.ClaimOneAsync(id, "a", lease ?? Lease, now ?? Now, Ct));

    private protected ValueTask<IReadOnlyList<ClaimedMessage>> ClaimDueAsync(DateTimeOffset? now = null) => WriteAsync(unit => unit.Outbox.ClaimAsync("a", 100, Lease, [], now ?? Now, Ct));
}

public sealed class OutboxQueueOnSqliteTests(SqliteFixture fixture) : OutboxQueueTests(fixture), IClassFixture<SqliteFixture>;

public sealed class OutboxQueueOnPostgresTests(PostgresFixture fixture) : OutboxQueueTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_node_whose_clock_is_ahead_leaves_alone_what_others_have()
    {
        var ahead = Now.AddMinutes(10);
        var sending = await AddAsync(supersedeKey: "bob");
        await ClaimAsync(sending);
        var queued = await AddAsync(isFirst: false);
        (await QueueAsync()).ShouldBe([queued]);

        (await ClaimAsync(sending, ahead)).ShouldBeNull();
        (await ClaimDueAsync(ahead)).ShouldBeEmpty();
        (await QueueAsync(ahead)).ShouldBeEmpty();
        await AddAsync(isFirst: false, supersedeKey: "bob", created: ahead);
        // Too late by a clock that is hours ahead.
        await ClaimDueAsync(Now.AddHours(2));

        (await WriteAsync(unit => unit.Outbox.CompleteAsync(sending, "a", Now, Ct))).ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_node_whose_clock_was_ahead_left_behind_is_due_when_its_lease_ends()
    {
        var ahead = Now.AddMinutes(10);
        var queued = await AddAsync();
        await QueueAsync(ahead);
        (await WriteAsync(unit => unit.Outbox.ReleaseQueuedAsync(ahead, Ct))).ShouldBe(1);
        var held = await AddAsync(isFirst: false);
        await ClaimAsync(held, ahead, Brief);

        await EndOfAsync(Brief);

        (await ClaimDueAsync()).Select(claim => claim.Message.Id).ShouldBe([queued, held]);
    }
}
