using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>
/// Tries every way in whose end was acknowledged, on every node: at once, again and again while the fault lasts, and at the end. Whoever accepts one
/// has broken a promise.
/// </summary>
internal sealed class Watch(Nodes nodes, Journal journal) : IAsyncDisposable
{
    // The contract's 250 ms, and what a busy machine adds: two tests' worth of servers share its processors. A driver's time limit would still show.
    private static readonly TimeSpan SessionBudget = TimeSpan.FromMilliseconds(250 + 2_000);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource ending = new();
    private readonly Lock endedLock = new();
    private readonly List<Grant> ended = [];
    private readonly List<Task> atOnce = [];
    private Task? running;

    /// <summary>Every way in that has ended.</summary>
    public IReadOnlyList<Grant> Ended
    {
        get
        {
            lock (endedLock) return [.. ended];
        }
    }

    /// <summary>Begins to try them.</summary>
    public void Start() => running = RunAsync();

    /// <summary>Ends it.</summary>
    public async Task StopAsync()
    {
        await ending.CancelAsync();
        if (running is not null) await running;
        List<Task> begun;
        lock (endedLock) begun = [.. atOnce];
        await Task.WhenAll(begun);
    }

    /// <summary>Their end was acknowledged just now.</summary>
    public void Add(IReadOnlyList<Grant> grants)
    {
        lock (endedLock)
        {
            ended.AddRange(grants);
            atOnce.RemoveAll(task => task.IsCompletedSuccessfully);
            atOnce.AddRange(grants.Take(3).SelectMany(grant => nodes.Urls.Select(url => DemandRefusedAsync(url, grant))));
        }
    }

    /// <summary>A node must not accept it.</summary>
    public async Task DemandRefusedAsync(string url, Grant grant)
    {
        journal.Watch();
        if (grant.Cookie is not null)
        {
            DemandRefused(grant, await nodes.SendToAsync(url, HttpMethod.Get, "session", by: grant));
            return;
        }

        DemandRefused(grant, await nodes.SendToAsync(url, HttpMethod.Get, "me", by: grant));
        DemandRefused(grant, await nodes.SendToAsync(url, HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = grant.Refresh }));
    }

    /// <summary>A look at a session is answered, or told that nobody knows, within its budget.</summary>
    public void DemandInTime(Reply reply)
    {
        if (reply.Outcome is Outcome.Done or Outcome.Refused or Outcome.Away && reply.Took > SessionBudget)
            journal.Break(Promise.SessionsAnswerInTime, $"A session was looked at: {reply}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            var known = Ended;
            if (known.Count > 0)
            {
                var grant = known[Random.Shared.Next(known.Count)];
                await Task.WhenAll(nodes.Urls.Select(url => DemandRefusedAsync(url, grant)));
            }

            await Task.Delay(Interval, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void DemandRefused(Grant grant, Reply reply)
    {
        if (reply.IsDone) journal.Break(Promise.NothingRevokedLives, $"The {grant} were accepted: {reply}");
        else if (reply.Outcome == Outcome.Broken) journal.Break(Promise.ErrorsSayWhenToComeBack, $"The {grant} were answered {reply}");
    }
}
