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
        if (state.Sub is null) return pool.Normalize(name) == pool.Normalize(state.Username) ? new Challenged(state, null) : new Refusal.SessionInvalid();
        return await database.ReadAsync<Outcome<Challenged>>(async stores =>
        {
            // Only for a clearer error; what decides is the spending in the transaction.
            if (await stores.Spent.IsSpentAsync(state.Id, ct)) return new Refusal.SessionSpent();
            if (await stores.Users.FindAsync(pool.Id, new Sub(state.Sub), ct) is not { } user) return new Refusal.SessionInvalid();
            return await IsNameOfAsync(stores, pool, user, state, name, ct) ? new Challenged(state, user) : new Refusal.SessionInvalid();
        }, ct);
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

    // Clients go on with the name that was typed, with the one that the challenge gave, or with the sub.
    private static async ValueTask<bool> IsNameOfAsync(IStores stores, UserPool pool, User user, ChallengeState state, string name, CancellationToken ct)
    {
        var normalized = pool.Normalize(name);
        if (normalized == pool.Normalize(user.Username) || normalized == pool.Normalize(state.Username) || name == user.Sub.Value) return true;
        return await stores.Users.FindByNameAsync(pool.Id, normalized, ct) is { } named && named.Sub == user.Sub;
    }
}
