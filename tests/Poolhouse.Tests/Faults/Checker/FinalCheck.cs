using System.Text.Json.Nodes;
using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Checker;

/// <summary>Asks for everything that was ever acknowledged, once all engines are there again.</summary>
internal sealed class FinalCheck(Nodes nodes, People people, Steps steps, Watch watch, Journal journal)
{
    private const int AtOnce = 6;

    // A budget is missed once in a while on a busy machine, and clients are told to come back.
    private const int Tries = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Enough to meet every node often; a run ends more ways in than it is worth trying again.
    private const int MostEnded = 150;

    /// <summary>Asks.</summary>
    public async Task RunAsync()
    {
        await Parallel.ForEachAsync(people.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) => await AskAsync(person));
        var ended = watch.Ended.OrderBy(_ => Random.Shared.Next()).Take(MostEnded);
        await Parallel.ForEachAsync(ended, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (grant, _) =>
        {
            foreach (var url in nodes.Urls) await watch.DemandRefusedAsync(url, grant);
        });
    }

    private async Task AskAsync(Person person)
    {
        if (person is { IsRegistered: true, IsConfirmed: false }) Demand(person, await RetryAsync(() => steps.ConfirmAsync(person)), mayBeRefused: person.MayBeConfirmed);
        if (!person.IsConfirmed) return;
        foreach (var grant in person.Grants.Where(g => g.MustLive).ToList()) await AskAsync(person, grant);
        await SignInAsync(person);
        if (person.Grants.FindLast(g => g.MustLive && g.Access is not null) is not { } tokens) return;
        Demand(person, await RetryAsync(() => steps.ReadProfileAsync(person, tokens)));
        await DemandListedAsync(person, tokens);
    }

    private async Task AskAsync(Person person, Grant grant)
    {
        foreach (var url in nodes.Urls)
        {
            Demand(person, await RetryAsync(() => grant.Cookie is not null
                ? nodes.SendToAsync(url, HttpMethod.Get, "session", by: grant)
                : nodes.SendToAsync(url, HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = grant.Refresh })));
        }
    }

    // Nobody knows which of several passwords was taken last; one of them has to be.
    private async Task SignInAsync(Person person)
    {
        Reply reply;
        var tries = person.MaybePasswords.Count + 1;
        do reply = await RetryAsync(() => steps.SignInAsync(person));
        while (!reply.IsDone && --tries > 0);
        Demand(person, reply);
    }

    private async Task DemandListedAsync(Person person, Grant tokens)
    {
        var reply = await RetryAsync(() => nodes.SendAsync(HttpMethod.Get, "sessions", by: tokens));
        Demand(person, reply);
        if (!reply.IsDone) return;
        var listed = reply.Json["sessions"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var grant in person.Grants.Where(g => g.MustLive && g.SessionId is not null && !listed.Contains(g.SessionId)))
            journal.Break(Promise.NothingIsLost, $"The {grant} is not in the list of sessions.");
    }

    private static async Task<Reply> RetryAsync(Func<Task<Reply>> ask)
    {
        for (var left = Tries; ; await Task.Delay(Pause))
            if (await ask() is var reply && (reply.Outcome != Outcome.Away || --left == 0)) return reply;
    }

    private void Demand(Person person, Reply reply, bool mayBeRefused = false)
    {
        if (reply.IsDone || (mayBeRefused && reply.Outcome == Outcome.Refused)) return;
        journal.Break(reply.Outcome == Outcome.Refused ? Promise.NothingIsLost : Promise.ItGoesOn, $"{person.Email}, at the end: {reply}");
    }
}
