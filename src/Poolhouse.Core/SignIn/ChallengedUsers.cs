using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>Who answers a challenge, and what was remembered of it. The user is null where the challenge only pretends.</summary>
public sealed record Challenged(ChallengeState State, User? User);

/// <summary>Opens the session of a challenge with its user. Whether the session is spent is decided by who spends it.</summary>
public sealed class ChallengedUsers(IDatabase database, ChallengeStates states, Catalog catalog)
{
    /// <summary>The session of a response, if it is this challenge's, live, and of the user that the response names.</summary>
    public async ValueTask<Outcome<Challenged>> OpenAsync(SignInRequest request, string challenge, CancellationToken ct)
    {
        var pool = request.Pool;
        if (request["USERNAME"] is not { } name) return new Refusal.MissingParameter("USERNAME");
        var opened = states.Open(pool.Id, request.Client.Id, challenge, request.Session, request.Now);
        if (opened.Refusal is { } invalid) return invalid;
        var state = opened.Value;
        var (user, isSpent) = await database.ReadAsync(
            // Whether it is spent is asked last and only for a clearer error; what decides is the spending in the transaction.
            async stores => (await stores.Users.FindAsync(pool.Id, new Sub(state.Sub!), ct), await stores.Spent.IsSpentAsync(state.Id, ct)), ct);
        if (isSpent) return new Refusal.SessionSpent();
        // Clients go on with the name that was typed, with the one that the challenge gave, or with the sub.
        var isNamed = pool.Normalize(name) == pool.Normalize(state.Username)
            || (user is not null && await UserNames.AreOfAsync(database, pool, user, name, ct));
        return isNamed ? new Challenged(state, user) : new Refusal.SessionInvalid();
    }

    /// <summary>The session of an operation that sets a factor up, which names neither pool nor client nor user.</summary>
    public async ValueTask<Outcome<(UserPool Pool, Challenged Challenged)>> OpenSetUpAsync(string session, DateTimeOffset now, CancellationToken ct)
    {
        if (ChallengeStates.PoolOf(session) is not { } id || await catalog.FindPoolAsync(id, ct) is not { } pool) return new Refusal.SessionInvalid();
        var opened = states.Open(id, FurtherChallenges.MfaSetup, session, now);
        if (opened.Refusal is { } invalid) return invalid;
        var state = opened.Value;
        return await database.ReadAsync<Outcome<(UserPool, Challenged)>>(async stores =>
        {
            if (await stores.Spent.IsSpentAsync(state.Id, ct)) return new Refusal.SessionSpent();
            var user = await stores.Users.FindAsync(id, new Sub(state.Sub!), ct);
            if (user is null || state.IsSetUp || MfaRules.DemandOn(pool, user) is not MfaDemand.SetUp) return new Refusal.SessionInvalid();
            return Completion.WhyNot(user, now) is { } whyNot ? whyNot : (pool, new Challenged(state, user));
        }, ct);
    }
}
