namespace Poolhouse.Scaling;

/// <summary>
/// Mail while the mail server is away, and after it. As the outbox does it: due first goes first, eight at a time a node, after a failure 5 s doubled up to
/// an hour, less up to a quarter; a message that is past its time is not sent.
/// </summary>
internal static class MailBacklog
{
    private const int Places = 16;
    private const double Rate = 10;
    private const double Lead = 60;

    public static void Print()
    {
        Table.Begin(
            $"The mail server is away; {Rate:0} mails a second, two nodes, {Places} places, 50 ms to send one, codes that are good for 15 minutes",
            "away for", "a failed try takes", "waiting at its end", "too late, never sent", "after it: new mails, p50", "p99", "last one of before sent after");
        foreach (var (outage, failure) in new[] { (300d, 0.01), (300, 10), (3600, 0.01), (3600, 10) }) Run(outage, failure);
    }

    private static void Run(double outage, double failure)
    {
        const double Life = 900;
        var random = new Random(1);
        var end = Lead + outage;
        var stop = end + 7200;
        // By due time, as the outbox's index has them; every 1/Rate seconds one more.
        var due = new PriorityQueue<(double Made, int Attempts), double>();
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, Places).Select(place => (place, 0d)));
        var (made, lost, waiting, last) = (0d, 0, 0, 0d);
        List<double> after = [];
        var ofBefore = 0;
        while (true)
        {
            free.TryPeek(out _, out var now);
            if (due.Count == 0 || (due.TryPeek(out _, out var first) && first > now)) now = Math.Max(now, due.TryPeek(out _, out first) ? Math.Min(first, made) : made);
            if (now > stop) break;
            for (; made <= now; made += 1 / Rate)
                if (made < stop) due.Enqueue((made, 0), made);
            if (!due.TryPeek(out var mail, out var at) || at > now) continue;
            due.Dequeue();
            free.Dequeue();
            if (mail.Made < end && now >= end && waiting == 0) waiting = 1 + due.UnorderedItems.Count(item => item.Element.Made < end);
            if (now - mail.Made > Life)
            {
                lost++;
                free.Enqueue(0, now);
                if (now > end) last = Math.Max(last, mail.Made < end ? now - end : 0);
            }
            else if (now >= Lead && now < end)
            {
                due.Enqueue((mail.Made, mail.Attempts + 1), now + failure + (Math.Min(3600, 5 * Math.Pow(2, Math.Min(mail.Attempts, 11))) * (1 - (random.NextDouble() / 4))));
                free.Enqueue(0, now + failure);
            }
            else
            {
                free.Enqueue(0, now + 0.05);
                if (mail.Made >= end && mail.Made < end + 600) after.Add(now + 0.05 - mail.Made);
                if (mail.Made < end && now > end) last = Math.Max(last, now - end);
            }

            if (mail.Made < end) ofBefore++;
        }

        after.Sort();
        Table.Row(
            Table.Time(outage), Table.Time(failure), Table.Round(waiting), Table.Percent(lost / (outage * Rate)), Table.Time(after[after.Count / 2]), Table.Time(after[(int)(after.Count * 0.99)]), Table.Time(last));
    }
}
