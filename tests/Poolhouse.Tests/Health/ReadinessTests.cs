using Microsoft.Extensions.Logging.Abstractions;
using Poolhouse.Server.Health;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Health;

/// <summary>How often engines are asked, and what happens to one that doesn't answer.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Who_asks_at_once_gets_one_look()
    {
        var check = new Scripted("database");
        var readiness = new Readiness([check], TimeProvider.System, NullLogger<Readiness>.Instance);

        var looks = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => readiness.LookAsync(CancellationToken.None).AsTask()));

        check.Asked.ShouldBe(1);
        looks.ShouldAllBe(parts => parts.Single().IsUp);
    }

    [Fact]
    public async Task An_answer_stands_for_a_second()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch);
        var check = new Scripted("database");
        var readiness = new Readiness([check], clock, NullLogger<Readiness>.Instance);
        await readiness.LookAsync(CancellationToken.None);
        check.IsWell = false;

        clock.Advance(Readiness.Kept - TimeSpan.FromMilliseconds(1));
        (await readiness.LookAsync(CancellationToken.None)).Single().IsUp.ShouldBeTrue();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await readiness.LookAsync(CancellationToken.None)).Single().IsUp.ShouldBeFalse();

        check.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_stands_still_is_down_and_keeps_no_other_waiting()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch);
        var still = new Scripted("still") { StandsStill = true };
        var well = new Scripted("well");
        var readiness = new Readiness([still, well], clock, NullLogger<Readiness>.Instance);

        var looking = readiness.LookAsync(CancellationToken.None).AsTask();
        await well.Answered;
        await still.Begun;
        while (!looking.IsCompleted)
        {
            clock.Advance(Readiness.Patience);
            await Task.Yield();
        }

        (await looking).ShouldBe([new EnginePart("still", false, true), new EnginePart("well", true, true)]);
    }

    [Fact]
    public async Task One_that_throws_is_down()
    {
        var readiness = new Readiness([new Scripted("bad") { Failure = new InvalidOperationException("Host=secret") }], TimeProvider.System, NullLogger<Readiness>.Instance);

        (await readiness.LookAsync(CancellationToken.None)).Single().IsUp.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_look_to_the_others()
    {
        var check = new Scripted("database") { StandsStill = true };
        var clock = new ManualTime(DateTimeOffset.UnixEpoch);
        var readiness = new Readiness([check], clock, NullLogger<Readiness>.Instance);
        using var impatient = new CancellationTokenSource();

        var first = readiness.LookAsync(impatient.Token).AsTask();
        var second = readiness.LookAsync(CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        check.GoOn();

        (await second).Single().IsUp.ShouldBeTrue();
    }

    /// <summary>An engine that does as it is told.</summary>
    private sealed class Scripted(string name) : IEngineCheck
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource still = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int asked;

        public string Name => name;

        public bool IsRequired => true;

        public bool IsWell { get; set; } = true;

        public bool StandsStill { get; init; }

        public Exception? Failure { get; init; }

        public int Asked => asked;

        public Task Begun => begun.Task;

        public Task Answered => answered.Task;

        public void GoOn() => still.SetResult();

        public async ValueTask<EngineState> CheckAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref asked);
            begun.TrySetResult();
            if (StandsStill) await still.Task.WaitAsync(ct);
            if (Failure is not null) throw Failure;
            answered.TrySetResult();
            return IsWell ? EngineState.Well("It answers.") : EngineState.Out("It doesn't.");
        }
    }
}
