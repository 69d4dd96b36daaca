using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Messaging.Queue;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging.Queue;

/// <summary>Outbox, a real broker, consumers and a mail server together, on a real database.</summary>
public abstract class QueueTests(DatabaseFixture fixture)
{
    private Database Database => fixture.Database;

    [Fact]
    public async Task Mails_go_through_the_broker_to_two_nodes_each_once()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        await scene.StartAsync();
        await scene.StartAsync();
        await scene.QueueIsAsync(queue => queue.Consumers == 2);

        var ids = await scene.AddAsync(200);
        await scene.EmptyAsync();
        await scene.DrainedAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task The_broker_keeps_an_id_on_disk_and_knows_nothing_else()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        await scene.StartAsync(consumes: false);

        var id = (await scene.AddAsync()).Single();
        await scene.QueueIsAsync(queue => queue.Waiting == 1);

        var taken = (await scene.TakeAsync())!;
        Encoding.UTF8.GetString(taken.Body.Span).ShouldBe(id);
        taken.BasicProperties.Persistent.ShouldBeTrue();
        taken.BasicProperties.MessageId.ShouldBe(id);
        // The broker's own count, the client's number of the confirmation, and the trace.
        taken.BasicProperties.Headers!.Keys.Except(["x-delivery-count", "x-dotnet-pub-seq-no", "traceparent"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trace_leads_from_what_caused_a_mail_to_its_delivery()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Poolhouse",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await scene.StartAsync();

        using var request = new Activity("request").Start();
        var id = (await scene.AddAsync()).Single();
        request.Stop();
        await scene.EmptyAsync();
        await QueueScene.UntilAsync(() => Task.FromResult(Of("outbox process") is not null && Of("deliver message") is not null));

        Of("deliver message")!.ParentId.ShouldBe(request.Id);
        Of("deliver message")!.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(Of("outbox process")!.SpanId);
        Of("outbox process")!.ParentId.ShouldBe(Of("outbox publish")!.Id);

        Activity? Of(string name) => seen.FirstOrDefault(activity => activity.OperationName == name && Equals(activity.GetTagItem("messaging.message.id"), id));
    }

    [Fact]
    public async Task An_id_that_comes_64_times_is_one_mail()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        await scene.StartAsync(consumes: false);
        var ids = await scene.AddAsync(3);
        await scene.QueueIsAsync(queue => queue.Waiting == 3);
        await scene.PublishAsync(Enumerable.Range(0, 64).SelectMany(_ => ids));

        await scene.StartAsync();
        await scene.StartAsync();
        await scene.EmptyAsync();
        await scene.PublishAsync(ids);
        await scene.DrainedAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_no_id_is_a_dead_letter_and_holds_up_nothing()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var unknown = Guid.NewGuid().ToString();
        await scene.PublishAsync("", "not an id", new string('x', 36), new string('x', 100_000), unknown);
        await scene.StartAsync();

        var ids = await scene.AddAsync();
        await scene.EmptyAsync();
        await scene.QueueIsAsync(queue => queue is { Waiting: 0, DeadLetters: 4 });

        scene.Arrived.ShouldBe(ids);
        (await scene.TakeAsync(".dead"))!.BasicProperties.Headers!["x-death"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_code_that_expires_at_the_broker_is_not_sent()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        await scene.StartAsync(consumes: false);
        await scene.AddAsync(1, TimeSpan.FromMinutes(3));
        await scene.QueueIsAsync(queue => queue.Waiting == 1);

        await scene.StartAsync(ahead: TimeSpan.FromMinutes(4));
        await scene.EmptyAsync();
        await scene.DrainedAsync();

        scene.Arrived.ShouldBeEmpty();
        (await scene.StateAsync()).Dead.ShouldBe(0);
    }

    [Fact]
    public async Task A_mail_that_is_put_off_waits_although_its_id_comes_again()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var isBusy = true;
        scene.Mail.Answer = verb => verb is "RCPT" && isBusy ? SmtpAnswer.With("451 later") : SmtpAnswer.Accept;
        await scene.StartAsync();
        var ids = await scene.AddAsync();
        await QueueScene.UntilAsync(() => Task.FromResult(scene.Mail.Connections == 1));
        await scene.DrainedAsync();

        await scene.PublishAsync(ids);
        await scene.DrainedAsync();
        scene.Mail.Connections.ShouldBe(1);

        isBusy = false;
        await scene.StartAsync(ahead: TimeSpan.FromSeconds(10));
        await scene.EmptyAsync();
        scene.Arrived.ShouldBe(ids);
    }

    [Fact]
    public async Task A_message_that_ends_who_holds_it_again_and_again_is_given_up_as_a_dead_letter()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var ids = await scene.AddAsync();
        for (var i = 0; i < 10; i++)
        {
            var now = QueueScene.Now.AddSeconds(i * 60);
            (await Database.WriteAsync(s => s.Outbox.ClaimOneAsync(ids[0], "a process that dies", TimeSpan.FromMilliseconds(10), now, CancellationToken.None), CancellationToken.None)).ShouldNotBeNull();
            // The database's own clock, where it has one.
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await scene.StartAsync(ahead: TimeSpan.FromMinutes(15));
        await scene.QueueIsAsync(queue => queue is { Waiting: 0, DeadLetters: 1 });

        scene.Arrived.ShouldBeEmpty();
        (await scene.StateAsync()).ShouldBe(new(0, 1, null));
    }

    [Fact]
    public async Task What_a_node_is_sending_it_does_not_send_again_when_its_clock_jumps_ahead()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var gate = new TaskCompletionSource();
        var mails = 0;
        scene.Mail.Answer = verb =>
        {
            if (verb is "." && Interlocked.Increment(ref mails) == 1) gate.Task.Wait();
            return SmtpAnswer.Accept;
        };
        var node = await scene.StartAsync();
        var first = await scene.AddAsync();
        await QueueScene.UntilAsync(() => Task.FromResult(mails == 1));

        ((Server.Development.VirtualClock)node.GetRequiredService<TimeProvider>()).Offset = TimeSpan.FromMinutes(10);
        await scene.PublishAsync(first);
        // What comes after it was looked for, and consumed, with the clock as it is now.
        var later = await scene.AddAsync(2);
        await QueueScene.UntilAsync(() => Task.FromResult(scene.Arrived.Count == 2));
        gate.SetResult();
        await scene.EmptyAsync();
        await scene.DrainedAsync();

        scene.Arrived.ShouldBe([.. later, .. first], ignoreOrder: true);
    }

    [Fact]
    public async Task A_node_that_stops_finishes_what_it_has_begun_and_leaves_the_rest()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var gate = new TaskCompletionSource();
        scene.Mail.Answer = verb =>
        {
            if (verb is ".") gate.Task.Wait();
            return SmtpAnswer.Accept;
        };
        var node = await scene.StartAsync(scene.Uri("prefetch=2"));
        await scene.AddAsync(5);
        await QueueScene.UntilAsync(() => Task.FromResult(scene.Mail.Connections == 2));

        var stopping = QueueScene.StopAsync(node);
        gate.SetResult();
        await stopping;

        scene.Arrived.Count.ShouldBe(2);
        (await scene.StateAsync()).Waiting.ShouldBe(3);
        (await scene.LookAsync()).ShouldBe(new QueueState(true, null, 3, 0, 0));
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_mail_goes_out_without_the_queue()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var broker = await RabbitServer.OnAsync();

        var node = await scene.StartAsync(broker.Uri("patience=0", user: "guest:wrong"));
        var ids = await scene.AddAsync(3);
        await scene.EmptyAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
        var state = await node.GetRequiredService<QueueInspection>().LookAsync(CancellationToken.None);
        (state.IsReachable, state.Problem).ShouldBe((false, "RabbitMQ refuses the user, its password or its permissions."));
    }

    [Fact]
    public async Task Over_TLS_a_broker_is_believed_whose_authority_is_named()
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var broker = await RabbitServer.OnAsync();

        await scene.StartAsync(broker.TlsUri($"queue={scene.Name}&patience=3600&cacertfile={Uri.EscapeDataString(broker.Authority)}"));
        var ids = await scene.AddAsync();
        await scene.EmptyAsync();

        scene.Arrived.ShouldBe(ids);
    }

    [Theory]
    [InlineData("localhost", "")]
    [InlineData("127.0.0.1", "cacertfile=")]
    public async Task Over_TLS_a_broker_is_refused_whose_authority_or_name_is_not_the_right_one(string host, string settings)
    {
        await using var scene = await QueueScene.OnAsync(Database);
        var broker = await RabbitServer.OnAsync();
        var authority = settings.Length > 0 ? settings + Uri.EscapeDataString(broker.Authority) : "";

        var state = await scene.Node(broker.TlsUri(authority, host)).GetRequiredService<QueueInspection>().LookAsync(CancellationToken.None);

        (state.IsReachable, state.Problem).ShouldBe((false, "RabbitMQ's certificate or TLS was not accepted; see cacertfile."));
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteQueueTests(SqliteFixture fixture) : QueueTests(fixture), IClassFixture<SqliteFixture>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresQueueTests(PostgresFixture fixture) : QueueTests(fixture), IClassFixture<PostgresFixture>;
