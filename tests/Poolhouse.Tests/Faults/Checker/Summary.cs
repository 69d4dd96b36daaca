using System.Runtime.InteropServices;
using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Checker;

/// <summary>What clients saw of a fault.</summary>
internal sealed class Summary
{
    private readonly IReadOnlyList<Sample> samples;
    private readonly DateTimeOffset begunAt;
    private readonly DateTimeOffset endedAt;

    /// <summary>Of what was done while a fault lasted from one moment to another.</summary>
    public Summary(IReadOnlyList<Sample> samples, DateTimeOffset begunAt, DateTimeOffset endedAt) =>
        (this.samples, this.begunAt, this.endedAt) = (samples, begunAt, endedAt);

    /// <summary>How many requests there were.</summary>
    public int Requests => samples.Count;

    /// <summary>Requests that were answered 503 with Retry-After.</summary>
    public int Away => Count(Outcome.Away);

    /// <summary>Requests that nobody answered.</summary>
    public int NoAnswer => Count(Outcome.NoAnswer) + Count(Outcome.NotSent);

    /// <summary>Requests that got another error of the server's.</summary>
    public int Broken => Count(Outcome.Broken);

    /// <summary>Service times before the fault.</summary>
    public Times Before => TimesOf(s => s.EndedAt < begunAt);

    /// <summary>While it lasted.</summary>
    public Times During => TimesOf(s => s.EndedAt >= begunAt && s.Reply.StartedAt <= endedAt);

    /// <summary>Afterwards.</summary>
    public Times After => TimesOf(s => s.Reply.StartedAt > endedAt);

    /// <summary>
    /// The longest that a service was not there: from the start of the first of the requests in a row that got no answer, or from the last answer if that came
    /// later, to the next answer. Zero where none failed. It is of the service, not of one client: who asks a node that is cut off may wait while
    /// others are answered.
    /// </summary>
    public TimeSpan Outage(Service? service)
    {
        var longest = TimeSpan.Zero;
        DateTimeOffset? since = null;
        var answeredAt = DateTimeOffset.MinValue;
        foreach (var sample in samples.Where(s => service is null || Mix.ServiceOf(s.Kind) == service))
        {
            if (IsFailure(sample))
            {
                var began = sample.Reply.StartedAt > answeredAt ? sample.Reply.StartedAt : answeredAt;
                if (since is null || began < since) since = began;
                continue;
            }

            if (since is { } begun && sample.EndedAt - begun > longest) longest = sample.EndedAt - begun;
            since = null;
            answeredAt = sample.EndedAt;
        }

        // Nobody was answered again.
        return since is { } never && samples[^1].EndedAt - never > longest ? samples[^1].EndedAt - never : longest;
    }

    private static bool IsFailure(Sample sample) => sample.Reply.Outcome is not (Outcome.Done or Outcome.Refused);

    private int Count(Outcome outcome) => samples.Count(s => s.Reply.Outcome == outcome);

    private Times TimesOf(Func<Sample, bool> when)
    {
        var sorted = samples.Where(s => s.IsWanted && when(s)).Select(s => s.Reply.Took).Order().ToList();
        return sorted.Count == 0 ? default : new Times(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
    }
}

/// <summary>Service times of the requests that were answered.</summary>
/// <param name="Median">Half took at most this.</param>
/// <param name="Slow">99 of 100 took at most this.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Times(TimeSpan Median, TimeSpan Slow)
{
    public override string ToString() => Slow == TimeSpan.Zero ? "–" : FormattableString.Invariant($"{Median.TotalMilliseconds:0} / {Slow.TotalMilliseconds:0}");
}
