using System.Globalization;

namespace Poolhouse.Load;

/// <summary>Whether anybody else is at work on this machine.</summary>
internal static class Machine
{
    private const string Statistics = "/proc/stat";
    private const double IdleEnough = 0.85;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until the processors are idle, or as long as that is worth; where that can't be seen it doesn't wait.</summary>
    public static async Task WaitUntilIdleAsync(TimeSpan atMost)
    {
        if (!File.Exists(Statistics)) return;
        for (var waited = TimeSpan.Zero; waited < atMost; waited += Look)
        {
            var before = Read();
            await Task.Delay(Look);
            var after = Read();
            if (after.Idle - before.Idle >= IdleEnough * (after.All - before.All)) return;
        }
    }

    // proc(5): the first line sums all processors: user, nice, system, idle, iowait, irq, softirq, steal, …
    private static (long Idle, long All) Read()
    {
        var times = File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (times[3], times.Take(8).Sum());
    }
}
