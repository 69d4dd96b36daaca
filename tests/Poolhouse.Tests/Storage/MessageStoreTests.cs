using Poolhouse.Core.Events;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class MessageStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    // The outbox is one for all tests of this class, so each starts with an empty one.
    private async Task EmptyAsync() => await Database.ResetAsync(Ct);

    [Fact]
    public async Task A_message_comes_back_as_it_was_stored()
    {
        await EmptyAsync();
        var message = NewMessage() with { Code = "012345", Locale = "ja", Subject = "s", Body = "b", From = "f", ReplyTo = "r", Username = "bob" };

        await AddAsync(message);

        var claimed = (await ClaimAsync("a")).ShouldHaveSingleItem();
        claimed.ShouldBe(new ClaimedMessage(message, 0));
    }

    [Fact]
    public async Task No_two_relays_get_the_same_message()
    {
        await EmptyAsync();
        var ids = new List<string>();
        for (var i = 0; i < 50; i++) ids.Add((await AddAsync(NewMessage())).Id);

        var claimed = await RaceAsync((unit, i) => unit.Outbox.ClaimAsync($"relay {i}", 3, Lease, [], Now, Ct));

        claimed.ShouldAllBe(messages => messages.Count <= 3);
        var all = claimed.SelectMany(messages => messages).Select(claim => claim.Message.Id).ToList();
        all.ShouldBeUnique();
        all.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Messages_are_claimed_oldest_first()
    {
        await EmptyAsync();
        var newer = await AddAsync(NewMessage() with { CreatedAt = Now });
        var older = await AddAsync(NewMessage() with { CreatedAt = Now.AddSeconds(-1) });
        await AddAsync(NewMessage() with { CreatedAt = Now.AddSeconds(1) });

        (await ClaimAsync("a", 1)).Single().Message.Id.ShouldBe(older.Id);
        (await ClaimAsync("a")).Single().Message.Id.ShouldBe(newer.Id);
    }

    [Fact]
    public async Task A_message_is_delivered_again_when_its_lease_ends()
    {
        await EmptyAsync();
        var kept = await AddAsync(NewMessage());
        await ClaimAsync("a");
        var message = await AddAsync(NewMessage());
        (await ClaimAsync("a", lease: Brief)).Single().Message.Id.ShouldBe(message.Id);

        var end = await EndOfAsync(Brief);
        var again = await ClaimAsync("b", now: end);

        again.ShouldBe([new ClaimedMessage(message, 1, LostLeases: 1)]);
        (await ClaimAsync("b", now: Now + Lease - TimeSpan.FromMilliseconds(1))).ShouldBeEmpty();
        (await WriteAsync(unit => unit.Outbox.CompleteAsync(message.Id, "a", end, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Outbox.FailAsync(message.Id, "a", null, "late", Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Outbox.CompleteAsync(message.Id, "b", end, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Outbox.CompleteAsync(kept.Id, "a", end, Ct))).ShouldBeTrue();
    }

    [Fact]
    public async Task What_this_process_is_sending_is_left_out_whatever_the_clock_says()
    {
        await EmptyAsync();
        var sending = await AddAsync(NewMessage());
        await ClaimAsync("a", lease: Brief);
        var other = await AddAsync(NewMessage());
        var end = await EndOfAsync(Brief);

        (await WriteAsync(unit => unit.Outbox.QueueAsync(100, Lease, [sending.Id, other.Id], end, Ct))).ShouldBeEmpty();
        (await WriteAsync(unit => unit.Outbox.ClaimAsync("a", 100, Lease, [sending.Id], end, Ct))).Single().Message.Id.ShouldBe(other.Id);

        (await WriteAsync(unit => unit.Outbox.CompleteAsync(sending.Id, "a", end, Ct))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_of_a_program_that_knows_due_times_only_holds_and_ends()
    {
        await EmptyAsync();
        var message = await AddAsync(NewMessage());
        await ClaimAsync("older");
        Database.Known = [.. LaterSchema.Of(Database), new(9003, "9003-older", "update outbox set leased_until = null;")];
        await Database.MigrateAsync(Ct);
        Database.Known = null;

        (await ClaimAsync("b", now: Now + Lease - TimeSpan.FromMilliseconds(1))).ShouldBeEmpty();
        (await ClaimAsync("b", now: Now + Lease)).ShouldBe([new ClaimedMessage(message, 1, LostLeases: 1)]);
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await EmptyAsync();
        var message = await AddAsync(NewMessage());
        await ClaimAsync("a");

        (await WriteAsync(unit => unit.Outbox.CompleteAsync(message.Id, "a", Now, Ct))).ShouldBeTrue();

        (await WriteAsync(unit => unit.Outbox.CompleteAsync(message.Id, "a", Now, Ct))).ShouldBeFalse();
        (await ClaimAsync("a", now: Now + Lease)).ShouldBeEmpty();
        (await ReadAsync(stores => stores.Outbox.StateAsync(Ct))).ShouldBe(new OutboxState(0, 0, null));
    }

    [Fact]
    public async Task A_failed_message_is_due_again_or_dead()
    {
        await EmptyAsync();
        var message = await AddAsync(NewMessage());
        await ClaimAsync("a");

        (await WriteAsync(unit => unit.Outbox.FailAsync(message.Id, "a", Now.AddSeconds(5), "refused", Ct))).ShouldBeTrue();
        (await ReadAsync(stores => stores.Outbox.StateAsync(Ct))).ShouldBe(new OutboxState(1, 0, message.CreatedAt));
        (await ClaimAsync("a", now: Now.AddSeconds(4))).ShouldBeEmpty();
        (await ClaimAsync("a", now: Now.AddSeconds(5))).Single().Attempts.ShouldBe(1);
        (await WriteAsync(unit => unit.Outbox.FailAsync(message.Id, "a", null, "refused", Ct))).ShouldBeTrue();

        (await ClaimAsync("a", now: Now.AddMinutes(5))).ShouldBeEmpty();
        (await ReadAsync(stores => stores.Outbox.StateAsync(Ct))).ShouldBe(new OutboxState(0, 1, null));
    }

    [Fact]
    public async Task A_message_whose_time_is_over_is_closed_and_not_answered()
    {
        await EmptyAsync();
        var message = await AddAsync(NewMessage());

        (await ClaimAsync("a", now: message.NotAfter.AddMilliseconds(1))).ShouldBeEmpty();

        (await ReadAsync(stores => stores.Outbox.StateAsync(Ct))).ShouldBe(new OutboxState(0, 0, null));
        (await ClaimAsync("a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newer_message_supersedes_what_nobody_is_sending()
    {
        await EmptyAsync();
        var key = NewId();
        var leased = await AddAsync(NewMessage() with { SupersedeKey = key });
        await ClaimAsync("a");
        await AddAsync(NewMessage() with { SupersedeKey = key });
        var unrelated = await AddAsync(NewMessage());

        var newest = await AddAsync(NewMessage() with { SupersedeKey = key });

        (await ClaimAsync("b")).Select(claim => claim.Message.Id).ShouldBe([unrelated.Id, newest.Id]);
        (await WriteAsync(unit => unit.Outbox.CompleteAsync(leased.Id, "a", Now, Ct))).ShouldBeTrue();
    }

    [Fact]
    public async Task The_mailbox_takes_a_message_once_and_lists_the_newest_last()
    {
        await EmptyAsync();
        var to = $"{NewId()}@example.com";
        var messages = Enumerable.Range(0, 4)
            .Select(i => new MailboxMessage(NewId(), MessageChannel.Email, i == 3 ? "other" : to, $"{i}", "text", i == 0 ? null : "<p>", "1", Now))
            .ToList();
        foreach (var message in messages) (await WriteAsync(unit => unit.Mailbox.AddAsync(message, Ct))).ShouldBeTrue();

        (await WriteAsync(unit => unit.Mailbox.AddAsync(messages[0], Ct))).ShouldBeFalse();

        (await ReadAsync(stores => stores.Mailbox.ListAsync(to, 2, Ct))).ShouldBe(messages[1..3]);
        (await ReadAsync(stores => stores.Mailbox.ListAsync(null, 10, Ct))).ShouldBe(messages);
        (await ReadAsync(stores => stores.Mailbox.FindAsync(messages[0].Id, Ct))).ShouldBe(messages[0]);
        (await ReadAsync(stores => stores.Mailbox.FindAsync("never", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Events_are_listed_newest_first()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        var events = Enum.GetValues<UserEventKind>()
            .Select(kind => new UserEvent { Id = NewId(), PoolId = pool.Id, Sub = user.Sub, Kind = kind, ClientId = kind == UserEventKind.Disabled ? null : new ClientId("c"), At = Now })
            .ToList();
        foreach (var userEvent in events) await WriteAsync(unit => unit.Events.AddAsync(userEvent, Ct));

        var listed = await ReadAsync(stores => stores.Events.ListAsync(pool.Id, user.Sub, 60, Ct));

        listed.ShouldBe(Enumerable.Reverse(events));
        (await ReadAsync(stores => stores.Events.ListAsync(pool.Id, user.Sub, 1, Ct))).ShouldBe([events[^1]]);
    }

    [Fact]
    public async Task An_announcement_is_published_once()
    {
        await EmptyAsync();
        var older = new Announcement(NewId(), "older", "body", Now.AddDays(-1));
        var newer = new Announcement(NewId(), "newer", "body", Now);

        (await WriteAsync(unit => unit.Events.AnnounceAsync(newer, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Events.AnnounceAsync(older, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Events.AnnounceAsync(older, Ct))).ShouldBeFalse();

        (await ReadAsync(stores => stores.Events.ListAnnouncementsAsync(60, Ct))).ShouldBe([newer, older]);
    }

    private static OutboxMessage NewMessage() => new()
    {
        Id = NewId(),
        PoolId = new PoolId("us-east-1_x"),
        Kind = MessageKind.PasswordResetCode,
        Channel = MessageChannel.Email,
        To = "bob@example.com",
        CreatedAt = Now.AddSeconds(-1),
        NotAfter = Now.AddHours(1),
    };

    private async Task<OutboxMessage> AddAsync(OutboxMessage message)
    {
        await WriteAsync(unit => unit.Outbox.AddAsync(message, Ct));
        return message;
    }

    private ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, int limit = 100, DateTimeOffset? now = null, TimeSpan? lease = null) =>
        WriteAsync(unit => unit.Outbox.ClaimAsync(owner, limit, lease ?? Lease, [], now ?? Now, Ct));
}

public sealed class MessageStoreOnSqliteTests(SqliteFixture fixture) : MessageStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class MessageStoreOnPostgresTests(PostgresFixture fixture) : MessageStoreTests(fixture), IClassFixture<PostgresFixture>;
