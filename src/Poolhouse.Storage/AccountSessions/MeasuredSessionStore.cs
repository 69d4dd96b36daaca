using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Storage.AccountSessions;

/// <summary>A session store that says how long it takes.</summary>
/// <param name="store">The store.</param>
/// <param name="engine">What answers first: <c>redis</c>, or the database's name.</param>
/// <param name="metrics">Told of it.</param>
public sealed class MeasuredSessionStore(ISessionStore store, string engine, StoreMetrics metrics) : ISessionStore
{
    private const string Kind = "session";

    /// <inheritdoc/>
    public ValueTask<bool> CreateAsync(AccountSession session, RemoteSignIn? remote, CancellationToken ct) =>
        metrics.MeasureAsync(Kind, engine, () => store.CreateAsync(session, remote, ct));

    /// <inheritdoc/>
    public ValueTask<FoundSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct) =>
        metrics.IsOn ? metrics.MeasureAsync(Kind, engine, () => store.FindAsync(key, now, ct)) : store.FindAsync(key, now, ct);

    /// <inheritdoc/>
    public async ValueTask TouchAsync(AccountSession seen, CancellationToken ct) => await metrics.MeasureAsync(
        Kind,
        engine,
        async () =>
        {
            await store.TouchAsync(seen, ct);
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<AccountSession?> ChangeAsync(
        SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct) =>
        metrics.MeasureAsync(Kind, engine, () => store.ChangeAsync(key, change, now, ct));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct) =>
        metrics.MeasureAsync(Kind, engine, () => store.ListAsync(account, now, ct));

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct) =>
        metrics.MeasureAsync(Kind, engine, () => store.RevokeAsync(account, key, now, ct));

    /// <inheritdoc/>
    public ValueTask<int> RevokeAllAsync(AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct) =>
        metrics.MeasureAsync(Kind, engine, () => store.RevokeAllAsync(account, except, now, ct));
}
