using System.Data.Common;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
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
    public ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work, CancellationToken ct) =>
        ReadSessionAsync(session => work(new BoundStores(session, sealer)), ct);

    /// <inheritdoc/>
    public async ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct)
    {
        var hasQueuedMessage = false;
        var hasChangedConfiguration = false;
        var result = await WriteSessionAsync(
            async session =>
            {
                var unit = new BoundStores(session, sealer);
                var answer = await work(unit);
                hasQueuedMessage = unit.HasQueuedMessage;
                hasChangedConfiguration = unit.HasChangedConfiguration && !unit.IsAbandoned;
                if (hasChangedConfiguration) await AnnounceConfigurationAsync(session, ct);
                return (answer, !unit.IsAbandoned);
            },
            ct);
        if (hasQueuedMessage) OnMessageQueued?.Invoke();
        if (hasChangedConfiguration) OnConfigurationChanged?.Invoke();
        return result;
    }

    /// <summary>Called after this process changed pools, clients or their documents.</summary>
    public Action? OnConfigurationChanged { get; set; }

    /// <summary>Called when another node is migrating and this one has to wait.</summary>
    public Action? OnMigrationWait { get; set; }

    /// <summary>Called after this process committed a message to the outbox; saves the relay waiting for its next look.</summary>
    public Action? OnMessageQueued { get; set; }

    /// <inheritdoc/>
    public async Task MigrateAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await WriteSessionAsync(
            async session =>
            {
                await Migration.ApplyAllAsync(session, Known ?? Migration.All(session.Dialect), OnMigrationWait, now, ct);
                return (true, true);
            },
            ct);
    }

    /// <summary>The steps of the schema that this program knows; null means all of its own. For tests that are an older or a newer program.</summary>
    internal IReadOnlyList<Migration>? Known { get; set; }

    /// <summary>Tells of what happens beyond this process until it is told to stop. Nothing does to a file's one process.</summary>
    public virtual Task WatchAsync(IDatabaseEvents events, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);

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

    /// <summary>Tells the other nodes, with this unit's commit, that configuration was changed.</summary>
    private protected virtual ValueTask AnnounceConfigurationAsync(DatabaseSession session, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Whether a row, not the database, was at fault.</summary>
    private protected abstract bool IsRefusal(DbException exception);
}
