using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage;

namespace Poolhouse.Server;

/// <summary>
/// Hears from the database what other nodes changed, and forgets what this one remembered of it. What is remembered is looked at again within a second
/// anyway, so nothing depends on a notice that may be lost.
/// </summary>
internal sealed partial class DatabaseWatch(Database database, Catalog catalog, TimeProvider clock, ILogger<DatabaseWatch> logger) : BackgroundService, IDatabaseEvents
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isLost;

    /// <inheritdoc/>
    public void OnConfigurationChanged()
    {
        _isLost = false;
        catalog.Forget();
    }

    /// <inheritdoc/>
    public void OnPrimary(string name) => LogPrimary(name);

    /// <inheritdoc/>
    public void OnPrimaryLost(Exception failure)
    {
        // Said once: it is looked for four times a second.
        if (!_isLost) LogLost(failure);
        _isLost = true;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeated.RunAsync(ct => database.WatchAsync(this, ct), Interval, clock, LogFailed, stoppingToken);

    [LoggerMessage(EventIds.PrimaryChanged, LogLevel.Warning, "{Host} is the primary of the database now.")]
    private partial void LogPrimary(string host);

    [LoggerMessage(EventIds.PrimaryLost, LogLevel.Warning, "The primary of the database does not answer; it, or its successor, is looked for.")]
    private partial void LogLost(Exception failure);

    [LoggerMessage(EventIds.DatabaseWatchFailed, LogLevel.Warning, "The database can't be watched; it is tried again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(EventIds.MigrationWaits, LogLevel.Information, "Another node brings the database up to date; this one waits for it.")]
    public static partial void LogMigrationWaits(ILogger logger);
}
