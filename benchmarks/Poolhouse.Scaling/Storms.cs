namespace Poolhouse.Scaling;

/// <summary>How the simulation compares with what was measured, and what it says of storms.</summary>
internal static class Storms
{
    private const int Processors = 2;
    private const int Queue = 256;
    private const int Seed = 1;

    public static void Print()
    {
        Calibrate();
        Ordinary();
        SignIns();
        Refreshes();
    }

    // docs/benchmarks.md: 32 connections, 2 processors, production profile: 19 a second, p50 1,665 ms; 16 connections, refreshes: 3,101 a second, p50 4.72 ms.
    private static void Calibrate()
    {
        Table.Begin("Calibration: the load program's closed loop", "call", "measured/s", "simulated/s", "error", "measured p50", "simulated p50", "error");
        Compare("password sign-in, 32 connections", 32, Facts.HashCost, 19, 1.665);
        Compare("refresh, 16 connections", 16, Facts.RefreshCost, 3101, 0.00472);

        static void Compare(string name, int connections, double cost, double rate, double p50)
        {
            var closed = new Storm(1, Processors, cost, Queue, double.MaxValue, 1).RunClosed(connections, Math.Max(20, cost * 10_000));
            Table.Row(
                name, Table.Round(rate), Table.Round(closed.Rate), Table.Percent(Math.Abs((closed.Rate / rate) - 1)), Table.Time(p50), Table.Time(closed.P50), Table.Percent(Math.Abs((closed.P50 / p50) - 1)));
        }
    }

    private static void Ordinary()
    {
        Table.Begin("Sign-ins that come at random, for an hour: what a person waits, by how busy two nodes of 2 processors are", "busy", "sign-ins/s", "p50", "p99", "told to come back");
        foreach (var busy in new[] { 0.3, 0.5, 0.7, 0.9, 0.98 })
        {
            var rate = busy * 2 * Processors / Facts.HashCost;
            var result = new Storm(2, Processors, Facts.HashCost, Queue, 30, 6).Run((int)(rate * 3600), 3600, Seed);
            Table.Row(Table.Percent(busy), Table.Round(rate), Table.Time(result.P50), Table.Time(result.P99), Table.Percent(1 - result.FirstTry));
        }
    }

    private static void SignIns()
    {
        const int Clients = 200_000;
        Table.Begin(
            "Everybody active of a million (200,000) signs in within ten minutes; clients try six times", "nodes of 2 processors", "first try", "p50", "p99", "gave up", "over after");
        foreach (var nodes in new[] { 2, 8, 16, 18, 24 })
        {
            var result = new Storm(nodes, Processors, Facts.HashCost, Queue, 30, 6).Run(Clients, 600, Seed);
            Table.Row($"{nodes}", Table.Percent(result.FirstTry), Table.Time(result.P50), Table.Time(result.P99), Table.Percent(result.GaveUp), Table.Time(result.Ended));
        }
    }

    // No queue bounds a refresh; its client leaves after five seconds and asks again, and who has left is not begun with where the node sees it.
    private static void Refreshes()
    {
        const int Clients = 200_000;
        Table.Begin(
            "The same 200,000 refresh at once, after an outage longer than an access token's life, within a time that clients' own delays give", "nodes", "within", "first try", "p50", "p99", "gave up", "work for nobody",
            "over after");
        foreach (var (nodes, within) in new[] { (2, 10d), (2, 60), (4, 10), (4, 60), (16, 10) })
        {
            var result = new Storm(nodes, Processors, Facts.RefreshCost, int.MaxValue, 5, 6).Run(Clients, within, Seed);
            Table.Row(
                $"{nodes}", Table.Time(within), Table.Percent(result.FirstTry), Table.Time(result.P50), Table.Time(result.P99), Table.Percent(result.GaveUp), Table.Percent(result.Wasted), Table.Time(result.Ended));
        }
    }
}
