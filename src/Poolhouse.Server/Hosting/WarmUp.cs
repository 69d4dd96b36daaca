using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server;

/// <summary>
/// Looks for a session that nobody has, before the node takes requests: the first look compiles code, opens connections and prepares statements, which on
/// a machine that is busy takes longer than the budget of one. A node that is added under load would refuse the sessions of its first callers.
/// </summary>
internal sealed class WarmUp(ISessionStore sessions, IDatabase database, IRandom random, TimeProvider clock, RedisConnection? redis = null)
{
    // Two prepare a statement, and what runs a third time has everything.
    private const int Rounds = 3;

    // What is away stays away: a node starts without Redis, too.
    private const int Probes = 5;

    /// <summary>Does it. Never fails: what does not answer here is <c>/health/ready</c>'s to tell.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var nobody = Nobody();
        if (redis is not null && sessions is RedisSessionStore store) await TrustAsync(redis, store, ct);
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                if (sessions is RedisSessionStore kept) await kept.WarmAsync(nobody, ct);
                await sessions.FindAsync(nobody.Key, nobody.CreatedAt, ct);
                await database.ReadAsync(stores => FoundSession.OfAsync(stores, nobody, ct), ct);
            }
            catch (Exception failure) when (failure is SessionStoreUnavailableException or System.Data.Common.DbException)
            {
                // Too slow, which is what this is for, or out.
            }
        }
    }

    private static async Task TrustAsync(RedisConnection redis, RedisSessionStore store, CancellationToken ct)
    {
        for (var probe = 0; probe < Probes; probe++)
            if (await redis.ProbeAsync(ct) && await store.TrustAsync(ct)) return;
    }

    // The hash of random bytes, as every session's key: no cookie leads to it. It is over before it could be found.
    private AccountSession Nobody()
    {
        var now = clock.GetUtcNow();
        return new AccountSession
        {
            Key = SessionId.New(random).Key,
            AccountId = new AccountId(random.UuidText()),
            PoolId = new PoolId("none_None"),
            Sub = new Sub(random.UuidText()),
            FamilyId = random.UuidText(),
            Device = "",
            CreatedAt = now,
            LastSeenAt = now,
            EndsAt = now,
            ExpiresAt = now,
        };
    }
}
