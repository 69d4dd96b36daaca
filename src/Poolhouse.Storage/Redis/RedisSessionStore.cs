using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Storage.Json;
using StackExchange.Redis;
using IDatabase = Poolhouse.Core.Stores.IDatabase;

namespace Poolhouse.Storage.Redis;

/// <summary>
/// Cookie sessions that the database keeps and Redis answers. What Redis says is believed only in the generation that the database is in:
/// <list type="bullet">
/// <item>A session that is changed or revoked is first marked in Redis ("ask the database"), then changed in the database. Where the mark could
/// not be set, the transaction that changes the session begins a new generation, and with it nothing that Redis held counts for any node.</item>
/// <item>Each node begins a generation before it trusts Redis, at its start and after every failure: a server that was away, was restored from
/// an older dump, or got a late command of a node that had given up on it, has nothing that anybody believes.</item>
/// <item>The generation is read from the database after the answer of Redis, together with the user and the token family, which every request
/// needs as they are now. So a revocation works at once on every node, whatever Redis says.</item>
/// </list>
/// Values are sealed to their generation and session: who can write to Redis can't make a session.
/// </summary>
public sealed class RedisSessionStore(RedisConnection redis, IDatabase database, Sealer sealer, IRandom random, TimeProvider clock) : ISessionStore
{
    // Read through again every few minutes; a session in use is written every minute anyway.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // Longer than anything that was read before the mark can be on its way, and than what is kept.
    private static readonly TimeSpan Marked = TimeSpan.FromMinutes(10);

    private static readonly RedisValue Mark = "-";

    private const string PutUnlessMarked =
        "if redis.call('get', KEYS[1]) ~= ARGV[2] then redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[3]) end return 1";

    private readonly DatabaseSessionStore kept = new(database, clock);
    private volatile Trust? trust;

    /// <summary>Whether Redis is believed.</summary>
    public bool IsTrusted => Trusted is not null;

    private Trust? Trusted => trust is { } present && present.Outages == redis.Outages ? present : null;

    /// <summary>Begins a generation and believes Redis from then on; false where it is away.</summary>
    public async ValueTask<bool> TrustAsync(CancellationToken ct)
    {
        var outages = redis.Outages;
        if (redis.IsAway) return false;
        var generation = random.UuidText();
        await database.WriteAsync(
            async unit =>
            {
                await unit.AccountSessions.BeginGenerationAsync(generation, ct);
                return true;
            },
            ct);
        trust = new Trust(outages, generation);
        return IsTrusted;
    }

    /// <summary>Puts a session that nobody has into Redis only, for a look at it that ends like one at a real session.</summary>
    public async ValueTask WarmAsync(AccountSession nobody, CancellationToken ct)
    {
        if (Trusted is { } trusted) await PutNewAsync(trusted, nobody, ct);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(AccountSession session, RemoteSignIn? remote, CancellationToken ct)
    {
        if (!await kept.CreateAsync(session, remote, ct)) return false;
        if (Trusted is { } trusted) await PutNewAsync(trusted, session, ct);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<FoundSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct) =>
        SessionBudget.ReadAsync(() => FindWithinAsync(key, now, ct), clock, ct);

    /// <inheritdoc/>
    public async ValueTask TouchAsync(AccountSession seen, CancellationToken ct)
    {
        var trusted = Trusted;
        var touched = await SessionBudget.WriteAsync(
            stop => database.WriteAsync(unit => unit.AccountSessions.TouchAsync(seen, seen.LastSeenAt - SessionRules.TouchInterval, stop), stop),
            clock,
            ct);
        if (trusted is null || touched is null) return;
        await redis.TryAsync(
            server => server.ScriptEvaluateAsync(
                PutUnlessMarked, [NameOf(trusted, seen.Key)], [Write(trusted, touched), Mark, (long)Kept.TotalMilliseconds]),
            ct);
    }

    /// <inheritdoc/>
    public ValueTask<AccountSession?> ChangeAsync(
        SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct) => MutateAsync<AccountSession?>(
        [key],
        async (unit, stop) => (await DatabaseSessionStore.ChangeAsync(unit, key, change, now, stop), [key]),
        ct);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct) => kept.ListAsync(account, now, ct);

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct) => MutateAsync<bool>(
        [key],
        async (unit, stop) => (await DatabaseSessionStore.RevokeAsync(unit, account, key, now, stop), [key]),
        ct);

    /// <inheritdoc/>
    public async ValueTask<int> RevokeAllAsync(AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct)
    {
        var keys = await SessionBudget.ReadAsync(() => database.ReadAsync(stores => stores.AccountSessions.ListKeysAsync(account, ct), ct), clock, ct);
        return await MutateAsync<int>(
            [.. keys.Where(key => key != except)],
            async (unit, stop) =>
            {
                var ended = await DatabaseSessionStore.RevokeAllAsync(unit, account, except, now, stop);
                return (ended.Count, ended);
            },
            ct);
    }

    private async ValueTask<FoundSession?> FindWithinAsync(SessionKey key, DateTimeOffset now, CancellationToken ct)
    {
        var trusted = Trusted;
        if (trusted is not null && await GetAsync(trusted, key, ct) is { } answered)
        {
            var (present, found) = await database.ReadAsync(
                async stores => (await stores.AccountSessions.FindGenerationAsync(ct), await FoundSession.OfAsync(stores, answered, ct)), ct);
            if (present == trusted.Generation) return answered.ExpiresAt > now ? found : null;
        }

        var (current, kept) = await database.ReadAsync(
            async stores =>
            {
                // First: what is read before a generation began must not be put into it.
                var generation = await stores.AccountSessions.FindGenerationAsync(ct);
                return (generation, await stores.AccountSessions.FindAsync(key, now, ct) is { } session ? await FoundSession.OfAsync(stores, session, ct) : null);
            },
            ct);
        // After a reset there is none; one has to begin before anything is believed.
        if (current is null) trust = null;
        if (trusted is null || current is null) return kept;
        // Another node began it; this one has had no reason to doubt.
        if (current != trusted.Generation) trust = trusted = trusted with { Generation = current };
        if (kept is not null) await PutNewAsync(trusted, kept.Session, ct);
        return kept;
    }

    /// <summary>Changes sessions so that no node believes what Redis held of them.</summary>
    /// <param name="keys">Those that may change, as far as is known.</param>
    /// <param name="change">Answers with the sessions that did change.</param>
    /// <param name="ct">Cancellation.</param>
    private async ValueTask<T> MutateAsync<T>(
        IReadOnlyList<SessionKey> keys, Func<IUnitOfWork, CancellationToken, ValueTask<(T Answer, IReadOnlyList<SessionKey> Changed)>> change, CancellationToken ct)
    {
        if (Trusted is { } trusted && await MarkAsync(trusted, keys, ct))
        {
            var (isDone, answer) = await SessionBudget.WriteAsync(
                stop => database.WriteAsync(unit => ChangeMarkedAsync(unit, trusted, keys, change, stop), stop), clock, ct);
            if (isDone) return answer!;
        }

        var next = random.UuidText();
        return await SessionBudget.WriteAsync(
            stop => database.WriteAsync(
                async unit =>
                {
                    // First, so that two of these wait here for each other and nowhere else.
                    await unit.AccountSessions.BeginGenerationAsync(next, stop);
                    return (await change(unit, stop)).Answer;
                },
                stop),
            clock,
            ct);
    }

    // The mark counts only if this is still the generation that it was set in, and stays so until the change can be seen.
    private static async ValueTask<(bool IsDone, T? Answer)> ChangeMarkedAsync<T>(
        IUnitOfWork unit,
        Trust trusted,
        IReadOnlyList<SessionKey> marked,
        Func<IUnitOfWork, CancellationToken, ValueTask<(T Answer, IReadOnlyList<SessionKey> Changed)>> change,
        CancellationToken ct)
    {
        if (await unit.AccountSessions.FindLockedGenerationAsync(ct) == trusted.Generation)
        {
            var (answer, changed) = await change(unit, ct);
            if (changed.All(marked.Contains)) return (true, answer);
        }

        unit.Abandon();
        return default;
    }

    private async ValueTask<bool> MarkAsync(Trust trusted, IReadOnlyList<SessionKey> keys, CancellationToken ct) =>
        (await redis.TryAsync(server => Task.WhenAll(keys.Select(key => server.StringSetAsync(NameOf(trusted, key), Mark, Marked))), ct)).IsAnswered;

    // Never over a mark, nor over what somebody wrote who knew more.
    private async ValueTask PutNewAsync(Trust trusted, AccountSession session, CancellationToken ct) =>
        await redis.TryAsync(server => server.StringSetAsync(NameOf(trusted, session.Key), Write(trusted, session), Kept, When.NotExists), ct);

    private async ValueTask<AccountSession?> GetAsync(Trust trusted, SessionKey key, CancellationToken ct)
    {
        var (_, value) = await redis.TryAsync(server => server.StringGetAsync(NameOf(trusted, key)), ct);
        if (value.IsNullOrEmpty || value == Mark) return null;
        if (!sealer.TryOpen((byte[])value!, SealPurpose.SessionCookie, ContextOf(trusted, key), out var json)) return null;
        return JsonSerializer.Deserialize(json, StorageJson.Default.AccountSession);
    }

    private byte[] Write(Trust trusted, AccountSession session) => sealer.Seal(
        JsonSerializer.SerializeToUtf8Bytes(session, StorageJson.Default.AccountSession), SealPurpose.SessionCookie, ContextOf(trusted, session.Key));

    private static RedisKey NameOf(Trust trusted, SessionKey key) => $"poolhouse:session:{trusted.Generation}:{key}";

    private static byte[] ContextOf(Trust trusted, SessionKey key) => SealContext.Of($"redis/{trusted.Generation}/{key}");

    /// <param name="Outages">The count of outages at which it began; another one ends it.</param>
    /// <param name="Generation">What Redis is believed in.</param>
    private sealed record Trust(long Outages, string Generation);
}
