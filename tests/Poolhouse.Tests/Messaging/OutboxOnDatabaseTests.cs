using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging;

/// <summary>Outbox, relay and receiver together, on a real database.</summary>
public abstract class OutboxOnDatabaseTests(DatabaseFixture fixture)
{
    private Database Database => fixture.Database;

    [Fact]
    public async Task Two_relays_bring_every_mail_to_the_server_once()
    {
        await using var receiver = new SmtpReceiver();
        var ids = await AddAsync(30);

        await RelayAsync(2, Smtp(receiver), async () => await WaitingAsync() is 0);

        receiver.Mails.Select(mail => mail.Header("Message-ID").Single()).Order()
            .ShouldBe(ids.Select(id => $"<{id}@example.com>").Order());
    }

    [Fact]
    public async Task A_relay_that_died_is_replaced_when_its_lease_ends()
    {
        await using var receiver = new SmtpReceiver();
        var id = (await AddAsync(1)).Single();
        var before = DateTimeOffset.UtcNow;
        (await Database.WriteAsync(stores => stores.Outbox.ClaimAsync("a relay that dies", 8, TimeSpan.FromSeconds(2), [], before, CancellationToken.None), CancellationToken.None))
            .Count.ShouldBe(1);

        await RelayAsync(1, Smtp(receiver), async () => await WaitingAsync() is 0);

        receiver.Mails.ShouldHaveSingleItem().Header("Message-ID").ShouldBe([$"<{id}@example.com>"]);
        (DateTimeOffset.UtcNow - before).ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_refused_mail_is_dead_and_the_others_arrive()
    {
        await using var receiver = new SmtpReceiver();
        var refused = 0;
        receiver.Answer = verb => verb is "RCPT" && Interlocked.Increment(ref refused) is 1 ? SmtpAnswer.With("550 no such user") : SmtpAnswer.Accept;
        var before = (await StateAsync()).Dead;
        await AddAsync(5);

        await RelayAsync(1, Smtp(receiver), async () => await WaitingAsync() is 0);

        receiver.Mails.Count.ShouldBe(4);
        ((await StateAsync()).Dead - before).ShouldBe(1);
    }

    [Fact]
    public async Task The_mailbox_keeps_a_repeated_message_once()
    {
        var sender = new MailboxMessageSender(Database, TimeProvider.System);
        var message = Messages.Composed(to: $"{Guid.NewGuid():N}@example.com") with { Id = Guid.NewGuid().ToString() };

        await sender.SendAsync(message, CancellationToken.None);
        await sender.SendAsync(message, CancellationToken.None);

        var received = await Database.ReadAsync(stores => stores.Mailbox.ListAsync(message.To, 10, CancellationToken.None), CancellationToken.None);
        received.ShouldHaveSingleItem().Code.ShouldBe("004718");
    }

    private static SmtpMessageSender Smtp(SmtpReceiver receiver)
    {
        SmtpOptions.TryParse($"smtp://127.0.0.1:{receiver.Port}?from=no-reply%40example.com", out var options, out var error).ShouldBeTrue(error);
        return new SmtpMessageSender(options!, TimeProvider.System);
    }

    private async Task<IReadOnlyList<string>> AddAsync(int count)
    {
        var now = DateTimeOffset.UtcNow.AddSeconds(-1);
        var messages = Enumerable.Range(0, count)
            .Select(_ => Messages.Outbox() with { Id = Guid.NewGuid().ToString(), CreatedAt = now, NotAfter = now.AddHours(1) }).ToList();
        await Database.WriteAsync(async stores =>
        {
            foreach (var message in messages) await stores.Outbox.AddAsync(message, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        return [.. messages.Select(message => message.Id)];
    }

    private async Task RelayAsync(int count, IMessageSender sender, Func<Task<bool>> done)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new OutboxMetrics(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var signal = new OutboxSignal(TimeProvider.System);
        var relays = Enumerable.Range(0, count).Select(_ => new OutboxRelay(
            Database,
            new OutboxDelivery(
                Database, new Composer(), new MessageSenders(sender, sender), NoFunctions.Senders, metrics, NoFailureLog.Instance, new SystemRandom(), TimeProvider.System, NullLogger<OutboxDelivery>.Instance),
            signal,
            new DeliveryRoute(patience: null, delivers: true, TimeProvider.System),
            TimeProvider.System,
            NullLogger<OutboxRelay>.Instance)).ToList();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        foreach (var relay in relays) await relay.StartAsync(CancellationToken.None);
        while (!await done()) await Task.Delay(20, patience.Token);
        foreach (var relay in relays) await relay.StopAsync(CancellationToken.None);
        foreach (var relay in relays) relay.Dispose();
    }

    private async Task<long> WaitingAsync() => (await StateAsync()).Waiting;

    private async Task<OutboxState> StateAsync() =>
        await Database.ReadAsync(stores => stores.Outbox.StateAsync(CancellationToken.None), CancellationToken.None);
}

/// <summary>On SQLite.</summary>
public sealed class SqliteOutboxTests(SqliteFixture fixture) : OutboxOnDatabaseTests(fixture), IClassFixture<SqliteFixture>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresOutboxTests(PostgresFixture fixture) : OutboxOnDatabaseTests(fixture), IClassFixture<PostgresFixture>;
