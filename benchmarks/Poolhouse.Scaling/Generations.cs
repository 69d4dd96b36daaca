namespace Poolhouse.Scaling;

/// <summary>
/// What part of session reads Redis answers. A node that starts, or that once got no answer in 75 ms, begins a generation for all of them, and nothing
/// of before is believed: so it depends on how many nodes there are and how often one stumbles.
/// </summary>
internal static class Generations
{
    private const double Kept = 300;
    private const double Hours = 2;

    public static void Print()
    {
        Table.Begin(
            "Part of session reads that Redis answers: one session read at random times, kept for five minutes, forgotten when any node stumbles", "nodes", "each stumbles once in", "a read a minute", "a read in ten seconds");
        foreach (var (nodes, between) in new[] { (2, 3600d), (2, 60), (30, 3600), (30, 60), (300, 3600), (300, 60) })
            Table.Row($"{nodes}", Table.Time(between), Table.Percent(Answered(nodes, between, 60)), Table.Percent(Answered(nodes, between, 10)));
    }

    private static double Answered(int nodes, double betweenStumbles, double betweenReads)
    {
        var random = new Random(1);
        var (now, next, written, hits, reads) = (0d, Pause(betweenStumbles / nodes), -Kept, 0, 0);
        while (now < Hours * 3600 * 50)
        {
            now += Pause(betweenReads);
            while (next < now)
            {
                written = -Kept;
                next += Pause(betweenStumbles / nodes);
            }

            reads++;
            // A session that is read is written once a minute too, which keeps it for five minutes more.
            if (now - written < Kept) hits++;
            if (now - written > 60) written = now;
        }

        return hits / (double)reads;

        double Pause(double mean) => -Math.Log(1 - random.NextDouble()) * mean;
    }
}
