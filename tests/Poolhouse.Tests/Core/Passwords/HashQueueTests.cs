using Poolhouse.Core.Passwords;

namespace Poolhouse.Tests.Core.Passwords;

public sealed class HashQueueTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Work_is_done_on_a_named_background_thread()
    {
        await using var queue = new HashQueue(1);

        var outcome = await queue.RunAsync(() => (Thread.CurrentThread.Name, Thread.CurrentThread.IsBackground, Thread.CurrentThread.IsThreadPoolThread), None);

        outcome.TryGet(out var thread).ShouldBeTrue();
        thread.ShouldBe(("password hashing 1", true, false));
    }

    [Fact]
    public async Task Hashing_threads_are_nice_and_others_are_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Niceness per thread is Linux's.");
        await using var queue = new HashQueue(1);
        (await queue.RunAsync(() => Niceness(), None)).TryGet(out var hashing);

        hashing.ShouldBe(Math.Min(19, 10));
        Niceness().ShouldBeLessThan(10);
    }

    [Fact]
    public async Task A_full_queue_answers_at_once()
    {
        await using var queue = new HashQueue(1, capacity: 1);
        using var gate = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var running = queue.RunAsync(() => { begun.Set(); gate.Wait(); return 1; }, None).AsTask();
        begun.Wait();
        var waiting = queue.RunAsync(() => 2, None).AsTask();

        var refused = await queue.RunAsync(() => 3, None);

        queue.Depth.ShouldBe(1);
        refused.IsFull.ShouldBeTrue();
        refused.TryGet(out _).ShouldBeFalse();
        gate.Set();
        (await running).TryGet(out var first).ShouldBeTrue();
        (await waiting).TryGet(out var second).ShouldBeTrue();
        (first, second).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Work_whose_waiter_has_gone_is_not_done()
    {
        await using var queue = new HashQueue(1);
        using var gate = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var isDone = false;
        var running = queue.RunAsync(() => { gate.Wait(); return 0; }, None).AsTask();
        var waiting = queue.RunAsync(() => isDone = true, gone.Token).AsTask();

        await gone.CancelAsync();
        gate.Set();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        await running;
        isDone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_already_cancelled_never_enters()
    {
        await using var queue = new HashQueue(1);

        await Should.ThrowAsync<OperationCanceledException>(queue.RunAsync(() => 0, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task An_exception_reaches_the_waiter_and_the_thread_lives_on()
    {
        await using var queue = new HashQueue(1);

        await Should.ThrowAsync<FormatException>(queue.RunAsync<int>(() => throw new FormatException(), None).AsTask());

        (await queue.RunAsync(() => 5, None)).TryGet(out var next).ShouldBeTrue();
        next.ShouldBe(5);
    }

    [Fact]
    public async Task Waiters_do_not_continue_on_the_hashing_thread()
    {
        await using var queue = new HashQueue(1);

        await queue.RunAsync(() => { Thread.Yield(); return 0; }, None);

        Thread.CurrentThread.Name.ShouldNotBe("password hashing 1");
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        var queue = new HashQueue(2, capacity: 64);
        var all = Enumerable.Range(0, 32).Select(i => queue.RunAsync(() => i, None).AsTask()).ToArray();

        await queue.DisposeAsync();

        (await Task.WhenAll(all)).Count(outcome => outcome.IsFull).ShouldBe(0);
        (await queue.RunAsync(() => 0, None)).IsFull.ShouldBeTrue();
        queue.Dispose();
    }

    [Fact]
    public async Task Every_waiter_of_a_storm_gets_its_own_answer()
    {
        await using var queue = new HashQueue(4, capacity: 1000);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => queue.RunAsync(() => i, None).AsTask()));

        outcomes.Select(outcome => outcome.TryGet(out var value) ? value : -1).ShouldBe(Enumerable.Range(0, 500));
    }

    // Field 19 of proc_pid_stat(5), counted after the name in parentheses, which may hold spaces.
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16]);
    }
}
