using Poolhouse.Tests.Faults.Checker;
using Poolhouse.Tests.Faults.Injection;
using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults;

/// <summary>How long and how much.</summary>
/// <param name="PerSecond">Requests.</param>
/// <param name="Before">How long all is well first.</param>
/// <param name="MostLasting">Longest that a fault lasts.</param>
/// <param name="After">How long the load goes on afterwards, at least.</param>
internal sealed record Pace(int PerSecond, TimeSpan Before, TimeSpan MostLasting, TimeSpan After)
{
    /// <summary>For every run of the tests.</summary>
    public static readonly Pace Short = new(20, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2));

    /// <summary>For docs/reliability.md.</summary>
    public static readonly Pace Full = new(25, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4));
}

/// <summary>What came of it.</summary>
internal sealed record FaultResult(Fault Fault, TimeSpan Lasted, Summary Seen, int MailsTwice, TimeSpan SlowestMail, int Watched, IReadOnlyList<Finding> Findings)
{
    /// <summary>How often a promise was broken.</summary>
    public int Broken(params Promise[] promises) => Findings.Count(finding => promises.Contains(finding.Promise));
}

/// <summary>One fault under load: before, while it lasts, afterwards, and then the questions.</summary>
internal sealed class FaultRun(Installation on, Fault fault, Pace pace)
{
    // Enough that everything in the mix finds somebody to do it from the start.
    private const int FirstPeople = 12;

    // Also without a fault a machine as busy as this one has a session store miss its budget once in a while.
    private static readonly TimeSpan Blip = TimeSpan.FromSeconds(2);

    // Quiet for so long counts as well again; and it has to be by then.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(45);

    // The lease of a request for a code is two minutes; one that a node held when it died is taken up then.
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(170);

    // What was in the pipes when all was answered; a second copy comes with the next look at the outbox.
    private static readonly TimeSpan MailMargin = TimeSpan.FromSeconds(1.5);

    private readonly Journal journal = new();
    private readonly Random random = new(20_261_121);

    /// <summary>Runs it.</summary>
    public async Task<FaultResult> RunAsync()
    {
        await using var nodes = new Nodes([.. on.Nodes.Select(node => node.Url)]);
        await using var watch = new Watch(nodes, journal);
        var people = new People(random);
        var steps = new Steps(nodes, on.Mail, people, journal, watch);
        await SettleInAsync(people, steps);
        var mails = new MailCheck(people, on.Mail, journal);
        DateTimeOffset begunAt, endedAt;
        await using (var load = new MixedLoad(steps, journal, random, pace.PerSecond))
        {
            watch.Start();
            load.Start();
            await Task.Delay(pace.Before);
            begunAt = DateTimeOffset.UtcNow;
            await fault.BeginAsync(on);
            try
            {
                var left = begunAt + Least(fault.Lasts, pace.MostLasting) - DateTimeOffset.UtcNow;
                if (left > TimeSpan.Zero) await Task.Delay(left);
            }
            finally
            {
                endedAt = DateTimeOffset.UtcNow;
                await fault.EndAsync(on);
            }

            await RecoverAsync(DateTimeOffset.UtcNow);
        }

        await mails.SettleAsync(MailPatience);
        await Task.Delay(MailMargin);
        await watch.StopAsync();
        var seen = new Summary(journal.Samples, begunAt, endedAt);
        await new FinalCheck(nodes, people, steps, watch, journal).RunAsync();
        var (copies, slowest) = mails.Judge(fault.MayCopyMails, fault.MayRepeatMails);
        DemandSpared(seen);
        return new FaultResult(fault, endedAt - begunAt, seen, copies, slowest, journal.Watched, journal.Findings);
    }

    private async Task SettleInAsync(People people, Steps steps)
    {
        for (var i = 0; i < FirstPeople; i++) await DoAsync(steps, OperationKind.Register, people.New());
        for (var attempt = 0; people.All.Any(p => on.Mail.NewestCode(p.Email) is null); attempt++)
        {
            if (attempt == 400) throw new TimeoutException("The first mails don't come.");
            await Task.Delay(50);
        }

        foreach (var person in people.All)
        {
            foreach (var kind in new[] { OperationKind.Confirm, OperationKind.SignIn, OperationKind.BeginSession, OperationKind.BeginSession })
                await DoAsync(steps, kind, person);
        }

        // What a cold node takes is no news.
        journal.Forget();
    }

    // A node that has just started can be too slow for a budget.
    private async Task DoAsync(Steps steps, OperationKind kind, Person person)
    {
        for (var attempt = 0; ; attempt++)
        {
            person.TryBegin();
            var reply = await steps.RunAsync(kind, person);
            if (reply.IsDone && journal.Findings.Count == 0) return;
            if (attempt == 10 || journal.Findings.Count > 0) throw new InvalidOperationException($"It doesn't work before anything is broken: {kind} {reply} {string.Join(", ", journal.Findings)}");
            await Task.Delay(200);
        }
    }

    // Until clients have seen no error for a while.
    private async Task RecoverAsync(DateTimeOffset mendedAt)
    {
        await Task.Delay(pace.After);
        while (true)
        {
            var now = DateTimeOffset.UtcNow;
            var last = journal.Samples.LastOrDefault(s => s.Reply.Outcome is not (Outcome.Done or Outcome.Refused));
            if (last is null || last.EndedAt < now - Quiet) return;
            if (now - mendedAt > LongestRecovery)
            {
                journal.Break(Promise.ItGoesOn, $"Clients still see errors {LongestRecovery.TotalSeconds} s afterwards: {last}");
                return;
            }

            await Task.Delay(100);
        }
    }

    private void DemandSpared(Summary seen)
    {
        foreach (var service in fault.Spares)
            if (seen.Outage(service) is var outage && outage > Blip) journal.Break(Promise.ItGoesOn, $"{service} does not need what was broken, and was away for {outage.TotalSeconds:0.0} s.");
        foreach (var service in Enum.GetValues<Service>())
            if (seen.Outage(service) is var outage && outage > fault.MostOutage) journal.Break(Promise.ItGoesOn, $"{service} was away for {outage.TotalSeconds:0.0} s.");
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
