using Poolhouse.Large.Measuring;

namespace Poolhouse.Large;

/// <summary>Prints what was measured, row by row, and keeps whether every goal was reached.</summary>
internal sealed class Table
{
    private const double MostRatio = 1.5;
    private const double MostPageMilliseconds = 100;

    private readonly List<string> later = [];
    private bool isReached = true;

    public Table(LargeOptions options, string database)
    {
        later.Add("");
        Console.WriteLine();
        Console.WriteLine(
            $"{database}: 1,000 users beside {options.Users:N0} users and {options.Pools:N0} pools; {Environment.ProcessorCount} processors; "
            + $"{options.Calls} calls of each kind to each pool by turns, one at a time; milliseconds.");
        Console.WriteLine();
        Console.WriteLine("| call | 1,000: p10 | p50 | p99 | large: p10 | p50 | p99 | ratio p10 | ratio p50 | goal |");
        Console.WriteLine("|:--|--:|--:|--:|--:|--:|--:|--:|--:|:--|");
    }

    /// <summary>The same call on both pools. Judged by where the fastest tenth ends, which is near what it costs on a busy machine too.</summary>
    public void AddComparison(Call call, Durations small, Durations large)
    {
        var (least, middle) = (large.P10 / small.P10, large.P50 / small.P50);
        var goal = call.HasGoal ? $"1.5: {Verdict(least <= MostRatio)}" : "";
        Console.WriteLine(
            $"| {call.Name} | {small.P10:0.00} | {small.P50:0.00} | {small.P99:0.00} | {large.P10:0.00} | {large.P50:0.00} | {large.P99:0.00} "
            + $"| {least:0.00} | {middle:0.00} | {goal} |");
    }

    /// <summary>A call that reads among all pools; judged by the slowest hundredth.</summary>
    public void AddPools(string name, Durations durations)
    {
        if (later.Count == 1) later.AddRange(["| call | p10 ms | p50 ms | p99 ms | goal |", "|:--|--:|--:|--:|:--|"]);
        later.Add($"| {name} | {durations.P10:0.00} | {durations.P50:0.00} | {durations.P99:0.00} | p99 < 100 ms: {Verdict(durations.P99 < MostPageMilliseconds)} |");
    }

    /// <summary>Starts in one state; judged by the fastest beside the fastest of the first state.</summary>
    public void AddStart(string state, Durations times, Durations first)
    {
        if (ReferenceEquals(times, first)) later.AddRange(["", "| start with | least ms | p50 ms | ratio of least | goal |", "|:--|--:|--:|--:|:--|"]);
        var ratio = times.Least / first.Least;
        var goal = ReferenceEquals(times, first) ? "" : $"1.5: {Verdict(ratio <= MostRatio)}";
        later.Add($"| {state} | {times.Least:0} | {times.P50:0} | {ratio:0.00} | {goal} |");
    }

    /// <summary>Prints what waited; whether every goal was reached.</summary>
    public bool End()
    {
        foreach (var line in later) Console.WriteLine(line);
        return isReached;
    }

    private string Verdict(bool isGoalReached)
    {
        isReached &= isGoalReached;
        return isGoalReached ? "reached" : "missed";
    }
}
