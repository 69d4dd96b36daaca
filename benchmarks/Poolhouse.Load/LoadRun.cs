using System.Net.Sockets;
using Poolhouse.Load.Scenarios;

namespace Poolhouse.Load;

/// <summary>Runs the scenarios and prints the table.</summary>
internal static class LoadRun
{
    /// <returns>0 when every goal was reached, 1 when one was not, 2 when the server did not answer as it should.</returns>
    public static async Task<int> RunAsync(LoadOptions options)
    {
        try
        {
            var testUsers = new TestUsers(options);
            var scenarios = new ScenarioList(options, testUsers, await testUsers.MakeAsync(options.Connections));
            PrintHead(options);
            var isReached = true;
            foreach (var scenario in scenarios.All.Where(s => options.Only.Count == 0 || options.Only.Contains(s.Name)))
                isReached &= await RunAsync(scenario, options);
            return isReached ? 0 : 1;
        }
        catch (Exception failure) when (failure is LoadException or SocketException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 2;
        }
    }

    // Limit and scenario by turns, the best of each: what else this machine does then disturbs both alike, or neither.
    private static async Task<bool> RunAsync(Scenario scenario, LoadOptions options)
    {
        Measurement? limit = null;
        Measurement? best = null;
        for (var round = 0; round < options.Rounds; round++)
        {
            await Machine.WaitUntilIdleAsync(options.Patience);
            limit = Measurement.Best(limit, await scenario.MeasureLimitAsync());
            await Machine.WaitUntilIdleAsync(options.Patience);
            best = Measurement.Best(best, await scenario.MeasureAsync());
        }

        return Print(scenario, best!, limit!);
    }

    private static void PrintHead(LoadOptions options)
    {
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors, shared with this generator; {(options.IsProduction ? "production" : "development")} hash profile; "
            + $"{options.Connections} connections; best of {options.Rounds} rounds of {options.Length.TotalSeconds:0} s.");
        Console.WriteLine();
        Console.WriteLine("| scenario                |  rate/s |  p50 ms |  p99 ms | cost us | limit                             | limit/s | cost us |  part | part by cost | goal        |         |");
        Console.WriteLine("|:------------------------|--------:|--------:|--------:|--------:|:----------------------------------|--------:|--------:|------:|-------------:|:------------|:--------|");
    }

    private static bool Print(Scenario scenario, Measurement best, Measurement limit)
    {
        var part = best.Rate / limit.Rate;
        var isReached = scenario.Goal.IsReached(best, part);
        var verdict = scenario.Goal.Text.Length == 0 ? "" : isReached ? "reached" : "missed";
        Console.WriteLine(
            $"| {scenario.Name,-23} | {best.Rate,7:0} | {best.P50,7:0.00} | {best.P99,7:0.00} | {best.Cost,7:0} "
            + $"| {scenario.LimitName,-33} | {limit.Rate,7:0} | {limit.Cost,7:0} | {part,5:P0} | {limit.Cost / best.Cost,12:P0} | {scenario.Goal.Text,-11} | {verdict,-7} |");
        return isReached;
    }
}
