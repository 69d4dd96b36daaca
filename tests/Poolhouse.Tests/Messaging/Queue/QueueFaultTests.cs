using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging.Queue;

/// <summary>The broker dies, forgets or stands still while mail is caused: every mail arrives, and none twice.</summary>
public sealed class QueueFaultTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    // Faults come into the middle of the work.
    private const int Mails = 150;

    private Database Database => fixture.Database;

    [Theory]
    [InlineData(true, 1), InlineData(false, 3_600)]
    public async Task A_broker_that_is_killed_loses_no_mail(bool keepsData, int patience)
    {
        await using var broker = await RabbitServer.StartAsync();
        await using var scene = await QueueScene.OnAsync(Database, broker);
        await StartTwoAsync(scene, $"patience={patience}");
        List<string> ids = [.. await scene.AddAsync(Mails)];
        await SomeArrivedAsync(scene);

        broker.Kill();
        ids.AddRange(await scene.AddAsync(Mails));
        // With patience nodes go on without the broker; else mail waits for it.
        if (patience == 1) await scene.EmptyAsync();
        await broker.StartAgainAsync(keepsData);
        await scene.QueueIsAsync(queue => queue.Consumers == 2);
        ids.AddRange(await scene.AddAsync(Mails));
        await scene.EmptyAsync();
        await scene.DrainedAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task A_broker_that_stands_still_for_a_while_holds_up_no_mail_for_long_and_doubles_none()
    {
        await using var broker = await RabbitServer.StartAsync();
        await using var scene = await QueueScene.OnAsync(Database, broker);
        await StartTwoAsync(scene, "patience=1&heartbeat=1");
        List<string> ids = [.. await scene.AddAsync(Mails)];
        await SomeArrivedAsync(scene);

        broker.Pause();
        ids.AddRange(await scene.AddAsync(Mails));
        await scene.EmptyAsync();
        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
        broker.Continue();
        ids.AddRange(await scene.AddAsync(Mails));
        await scene.QueueIsAsync(queue => queue is { Consumers: 2, Waiting: 0 });
        await scene.EmptyAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task A_node_that_leaves_consuming_to_others_keeps_mail_while_the_broker_is_away()
    {
        await using var broker = await RabbitServer.StartAsync();
        await using var scene = await QueueScene.OnAsync(Database, broker);
        broker.Kill();
        await scene.StartAsync(scene.Uri("patience=0"), consumes: false);
        var ids = await scene.AddAsync(5);

        (await scene.LookAsync()).Problem.ShouldBe("RabbitMQ can't be reached.");
        await scene.StartAsync(scene.Uri("patience=0"));
        await scene.EmptyAsync();

        scene.Arrived.ShouldBe(ids, ignoreOrder: true);
    }

    private static async Task StartTwoAsync(QueueScene scene, string settings)
    {
        await scene.StartAsync(scene.Uri(settings));
        await scene.StartAsync(scene.Uri(settings));
        await scene.QueueIsAsync(queue => queue.Consumers == 2);
    }

    private static Task SomeArrivedAsync(QueueScene scene) => QueueScene.UntilAsync(() => Task.FromResult(scene.Mail.Mails.Count >= 20));
}
