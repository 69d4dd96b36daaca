using System.Data.Common;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Storage.Maintenance;

namespace Poolhouse.Storage;

/// <summary>What both databases have in common. <see cref="SqliteDatabase"/> and <see cref="PostgresDatabase"/> are all there are.</summary>
public abstract class Database : IDatabase, IDatabaseMaintenance, IAsyncDisposable
{
    private readonly Sealer sealer;
    private readonly TimeProvider time;

    private protected Database(Sealer sealer, TimeProvider time)
    {
        this.sealer = sealer;
        this.time = time;
    }

    /// <inheritdoc/>
    public ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work, CancellationToken ct) => Metrics is { IsOn: true } metrics
        ? metrics.MeasureAsync("read", EngineName, () => ReadSessionAsync(session => work(new BoundStores(session, sealer)), ct))
        : ReadSessionAsync(session => work(new BoundStores(session, sealer)), ct);

    /// <inheritdoc/>
    public ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct) => Metrics is { IsOn: true } metrics
        ? metrics.MeasureAsync("write", EngineName, () => RunUnitAsync(work, ct))
        : RunUnitAsync(work, ct);

    /// <summary>Told how long reads and writes take; null until it is known whom to tell.</summary>
    public StoreMetrics? Metrics { get; set; }

    /// <summary>The database's name in telemetry: OpenTelemetry's <c>db.system.name</c>.</summary>
    public abstract string EngineName { get; }

    private async ValueTask<T> RunUnitAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct)
    {
        var hasQueuedMessage = false;
        var result = await WriteSessionAsync(
            async session =>
            {
                var unit = new BoundStores(session, sealer);
                var answer = await work(unit);
                hasQueuedMessage = unit.HasQueuedMessage;
                return (answer, !unit.IsAbandoned);
            },
            ct);
        if (hasQueuedMessage) OnMessageQueued?.Invoke();
        return result;
    }

    /// <summary>Called after this process committed a message to the outbox; saves the relay waiting for its next look.</summary>
    public Action? OnMessageQueued { get; set; }

    /// <inheritdoc/>
    public async Task MigrateAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await WriteSessionAsync(
            async session =>
            {
                await Migration.ApplyAllAsync(session, now, ct);
                return (true, true);
            },
            ct);
    }

    /// <inheritdoc/>
    public async Task<bool> IsReachableAsync(CancellationToken ct)
    {
        try
        {
            return await ReadSessionAsync(session => session.Statement("select 1").AnyAsync(ct), ct);
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct) =>
        await WriteSessionAsync(async session => (await Expiry.RemoveAsync(session, now, ct), true), ct);

    /// <inheritdoc/>
    public async Task RefreshStatisticsAsync(CancellationToken ct) =>
        await ReadSessionAsync(
            async session =>
            {
                if (session.Dialect == Dialect.Postgres) await session.RunScriptAsync("analyze users, user_aliases, user_search, user_events, group_members", ct);
                return true;
            },
            ct);

    /// <inheritdoc/>
    public async Task ResetAsync(CancellationToken ct) =>
        await WriteSessionAsync(
            async session =>
            {
                await Snapshot.EmptyAsync(session, ct);
                return (true, true);
            },
            ct);

    /// <inheritdoc/>
    public async Task WriteSnapshotAsync(Stream destination, CancellationToken ct) =>
        await ReadConsistentlyAsync(
            async session =>
            {
                await Snapshot.WriteAsync(session, destination, ct);
                return true;
            },
            ct);

    /// <inheritdoc/>
    public async Task<bool> RestoreSnapshotAsync(Stream source, CancellationToken ct)
    {
        var rows = await Snapshot.ReadAsync(source, ct);
        if (rows is null) return false;

        try
        {
            return await WriteSessionAsync(
                async session =>
                {
                    await Snapshot.ReplaceAsync(session, rows, ct);
                    return (true, true);
                },
                ct);
        }
        catch (DbException exception) when (IsRefusal(exception))
        {
            // Well-formed, but rows contradict each other: a user without its pool, say. The transaction took it all back.
            return false;
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Runs reads on one connection.</summary>
    private protected abstract ValueTask<T> ReadSessionAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct);

    /// <summary>Runs reads that all see the same moment.</summary>
    private protected abstract ValueTask<T> ReadConsistentlyAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct);

    /// <summary>Runs a unit of work; it is kept if the work says so.</summary>
    private protected abstract ValueTask<T> WriteSessionAsync<T>(
        Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct);

    /// <summary>Whether a row, not the database, was at fault.</summary>
    private protected abstract bool IsRefusal(DbException exception);
}
