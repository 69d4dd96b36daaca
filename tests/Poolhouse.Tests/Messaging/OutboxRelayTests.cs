using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging;

public sealed class OutboxRelayTests : IAsyncDisposable
{
    private readonly FakeMessageStores _stores = new();
    private readonly ManualTime _time = new(Messages.Start);
    private readonly ScriptedSender _sender = new();
    private readonly CapturedLog _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OutboxSignal _signal;
    private readonly List<OutboxRelay> _relays = [];

    public OutboxRelayTests() => _signal = new OutboxSignal(_time);

    public async ValueTask DisposeAsync()
    {
        _sender.Script = (_, _) => Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);
        foreach (var relay in _relays)
        {
            await relay.StopAsync(new CancellationToken(canceled: true));
            relay.Dispose();
        }
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_sent_once_and_closed()
    {
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent");
        _time.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(() => _stores.Calls.Count(call => call is "claim") > 3);

        _sender.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_signal_wakes_the_relay_while_the_clock_stands()
    {
        await StartAsync();
        await UntilAsync(() => _stores.Calls.Contains("claim"), moves: false);

        _stores.Put(Message("a"));
        _signal.Notify();

        await UntilAsync(() => _stores["a"].State is "sent", moves: false);
    }

    [Fact]
    public async Task Without_a_signal_the_relay_looks_every_second()
    {
        await StartAsync();
        await UntilAsync(() => _stores.Calls.Contains("claim"), moves: false);

        _stores.Put(Message("a"));

        await UntilAsync(() => _stores["a"].State is "sent");
        (_time.GetUtcNow() - Messages.Start).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_temporary_failure_is_tried_again_later_and_later()
    {
        var at = new ConcurrentQueue<DateTimeOffset>();
        _sender.Script = (_, _) =>
        {
            at.Enqueue(_time.GetUtcNow());
            return Task.FromResult<SendOutcome>(at.Count < 4 ? new SendOutcome.Unavailable("smtp-451") : SendOutcome.Sent.Instance);
        };
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent");

        var gaps = at.Zip(at.Skip(1), (first, second) => (second - first).TotalSeconds).ToList();
        gaps[0].ShouldBeGreaterThanOrEqualTo(3.75);
        gaps[1].ShouldBeGreaterThanOrEqualTo(7.5);
        gaps[2].ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    public async Task A_message_dies_when_its_next_attempt_would_be_too_late()
    {
        _sender.Script = (_, _) => Task.FromResult<SendOutcome>(new SendOutcome.Unavailable("smtp-451"));
        _stores.Put(Message("a") with { NotAfter = Messages.Start.AddSeconds(12) });

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "dead");

        _stores["a"].Reason.ShouldBe("smtp-451");
        _sender.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_permanent_refusal_is_final()
    {
        _sender.Script = (_, _) => Task.FromResult<SendOutcome>(new SendOutcome.Refused("smtp-550"));
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "dead", moves: false);

        _stores["a"].Reason.ShouldBe("smtp-550");
        _sender.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sender_that_throws_stops_neither_its_message_nor_others()
    {
        _sender.Script = (message, _) => message.Id is "a" && _sender.Sent.Count(id => id is "a") is 1
            ? throw new InvalidOperationException("bob@example.com 004718")
            : Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);
        _stores.Put(Message("a"));
        _stores.Put(Message("b"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent" && _stores["b"].State is "sent");

        _log.Text.ShouldContain("InvalidOperationException");
    }

    [Fact]
    public async Task One_slow_message_holds_up_nothing_but_its_place()
    {
        var slow = new TaskCompletionSource<SendOutcome>();
        _sender.Script = (message, _) => message.Id is "slow" ? slow.Task : Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);
        _stores.Put(Message("slow"));
        for (var i = 0; i < 30; i++) _stores.Put(Message($"m{i}"));

        await StartAsync();
        await UntilAsync(() => Enumerable.Range(0, 30).All(i => _stores[$"m{i}"].State is "sent"), moves: false);

        _stores["slow"].State.ShouldBe("waiting");
        slow.SetResult(SendOutcome.Sent.Instance);
    }

    [Fact]
    public async Task No_more_than_eight_are_under_way()
    {
        var gate = new TaskCompletionSource<SendOutcome>();
        _sender.Script = (_, _) => gate.Task;
        for (var i = 0; i < 20; i++) _stores.Put(Message($"m{i}"));

        await StartAsync();
        await UntilAsync(() => _sender.Sent.Count >= OutboxRelay.Parallelism, moves: false);
        _signal.Notify();
        await Task.Yield();
        _sender.Sent.Count.ShouldBe(OutboxRelay.Parallelism);
        gate.SetResult(SendOutcome.Sent.Instance);

        await UntilAsync(() => Enumerable.Range(0, 20).All(i => _stores[$"m{i}"].State is "sent"));
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_while_is_survived()
    {
        var failures = 0;
        _stores.Fails = operation => operation is "claim" && failures++ < 4;
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent");

        failures.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_result_is_written_again_when_the_store_was_away()
    {
        var failures = 0;
        _stores.Fails = operation => operation is "complete" && failures++ < 2;
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent");

        _sender.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_result_that_is_never_written_costs_one_copy_at_most_and_none_in_the_mailbox()
    {
        var mailbox = new MailboxMessageSender(_stores, _time);
        _sender.Script = mailbox.SendAsync;
        _stores.Fails = operation => operation is "complete" && _sender.Sent.Count is 1;
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent");

        _sender.Sent.Count.ShouldBe(2);
        (await _stores.ListAsync(null, 10, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_lease_is_noticed_and_left_to_its_new_owner()
    {
        _sender.Script = (_, _) =>
        {
            _stores.Steal("a", "another relay", Messages.Start.AddMinutes(1));
            return Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);
        };
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _log.Text.Contains("lease of message a was lost", StringComparison.Ordinal), moves: false);

        (_stores["a"].State, _stores["a"].Owner).ShouldBe(("waiting", "another relay"));
    }

    [Fact]
    public async Task A_sender_that_hangs_is_left_before_the_lease_ends()
    {
        _sender.Script = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return SendOutcome.Sent.Instance;
        };
        _stores.Put(Message("a"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].Reason is "sender-timeout");

        (_time.GetUtcNow() - Messages.Start).ShouldBeLessThan(OutboxDelivery.Lease + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Two_relays_send_each_message_once()
    {
        for (var i = 0; i < 50; i++) _stores.Put(Message($"m{i}"));

        await StartAsync();
        await StartAsync();
        await UntilAsync(() => Enumerable.Range(0, 50).All(i => _stores[$"m{i}"].State is "sent"));

        _sender.Sent.Count.ShouldBe(50);
    }

    [Fact]
    public async Task What_is_being_sent_is_not_taken_again_when_the_clock_jumps()
    {
        var gate = new TaskCompletionSource<SendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Script = (message, _) => message.Id is "a" ? gate.Task : Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);
        _stores.Put(Message("a"));
        await StartAsync();
        await UntilAsync(() => _sender.Sent.Count is 1, moves: false);

        _time.Advance(TimeSpan.FromMinutes(1));
        _stores.Put(Message("b"));
        _signal.Notify();
        await UntilAsync(() => _stores["b"].State is "sent");
        gate.SetResult(SendOutcome.Sent.Instance);
        await UntilAsync(() => _stores["a"].State is "sent", moves: false);

        _sender.Sent.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Stopping_lets_what_is_under_way_finish()
    {
        var gate = new TaskCompletionSource<SendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Script = (_, _) => gate.Task;
        _stores.Put(Message("a"));
        var relay = await StartAsync();
        await UntilAsync(() => _sender.Sent.Count is 1, moves: false);

        var stopping = relay.StopAsync(CancellationToken.None);
        stopping.IsCompleted.ShouldBeFalse();
        gate.SetResult(SendOutcome.Sent.Instance);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));

        _stores["a"].State.ShouldBe("sent");
    }

    [Fact]
    public async Task Stopping_without_time_leaves_the_message_to_the_next_relay()
    {
        _sender.Script = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return SendOutcome.Sent.Instance;
        };
        _stores.Put(Message("a"));
        var relay = await StartAsync();
        await UntilAsync(() => _sender.Sent.Count is 1, moves: false);

        await relay.StopAsync(new CancellationToken(canceled: true));
        await relay.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10));

        _stores["a"].State.ShouldBe("waiting");
        _stores["a"].Reason.ShouldBeNull();
    }

    [Fact]
    public async Task The_log_holds_ids_and_reasons_but_no_address_code_or_name()
    {
        _sender.Script = (message, _) => message.Id switch
        {
            "a" => Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance),
            "b" => Task.FromResult<SendOutcome>(new SendOutcome.Refused("smtp-550")),
            "c" => throw new InvalidOperationException("bob@example.com 004718"),
            _ => Task.FromResult<SendOutcome>(new SendOutcome.Unavailable("smtp-451")),
        };
        foreach (var id in new[] { "a", "b", "c", "d" }) _stores.Put(Message(id));

        await StartAsync();
        await UntilAsync(() => _stores["b"].State is "dead" && _stores["c"].Reason is not null && _stores["d"].Reason is not null && _log.Text.Contains("message a was sent", StringComparison.Ordinal));

        _log.Text.ShouldContain("smtp-550");
        foreach (var personal in new[] { "004718", "example.com", "bob" }) _log.Text.ShouldNotContain(personal);
    }

    [Fact]
    public async Task Results_are_counted()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        var factory = _services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name is "Poolhouse") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        var tries = 0;
        _sender.Script = (message, _) => Task.FromResult<SendOutcome>(
            message.Id is "b" ? new SendOutcome.Refused("smtp-550") : tries++ is 0 ? new SendOutcome.Unavailable("smtp-451") : SendOutcome.Sent.Instance);
        _stores.Put(Message("a"));
        _stores.Put(Message("b"));

        await StartAsync();
        await UntilAsync(() => _stores["a"].State is "sent" && _stores["b"].State is "dead");

        (counts["poolhouse.outbox.sent"], counts["poolhouse.outbox.failed"], counts["poolhouse.outbox.dead"]).ShouldBe((1, 1, 1));
    }

    private static OutboxMessage Message(string id) => Messages.Outbox() with { Id = id };

    private async Task<OutboxRelay> StartAsync()
    {
        var metrics = new OutboxMetrics(_services.GetRequiredService<IMeterFactory>(), _time);
        var delivery = new OutboxDelivery(
            _stores, new Composer(), new MessageSenders(_sender, _sender), NoFunctions.Senders, metrics, NoFailureLog.Instance, new SystemRandom(), _time, _log.For<OutboxDelivery>());
        var relay = new OutboxRelay(_stores, delivery, _signal, new DeliveryRoute(patience: null, delivers: true, _time), _time, _log.For<OutboxRelay>());
        _relays.Add(relay);
        await relay.StartAsync(CancellationToken.None);
        return relay;
    }

    /// <summary>Moves the clock in quarters of a second until the condition holds; gives up after ten real seconds.</summary>
    private async Task UntilAsync(Func<bool> holds, bool moves = true)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            if (moves) _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
