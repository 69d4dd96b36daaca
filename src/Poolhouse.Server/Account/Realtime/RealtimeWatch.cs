using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Remote;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>
/// Asks the database, in one query for all connections, which of their sign-ins still go on: who signs out, is disabled or deleted anywhere, by any
/// way and on any node, is told here within a second. Who is a user of Amazon's, and does so there, within the time that its pool's word is believed.
/// </summary>
internal sealed partial class RealtimeWatch(RealtimeHub hub, RemoteWatch remotes, IDatabase database, RealtimeLimits limits, TimeProvider clock, ILogger<RealtimeWatch> logger) : BackgroundService
{
    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        // Taken before the question: who signs in meanwhile isn't asked about, and so can't be missing from its answer.
        var ended = hub.Families();
        if (ended.Count == 0) return;
        await remotes.LookAsync(ended, ct);
        ended.ExceptWith(await database.ReadAsync(stores => stores.Realtime.ListLiveAsync(ended, clock.GetUtcNow(), ct), ct));
        if (ended.Count > 0) hub.TellEnded(ended);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasFailed = false;
        return Repeated.RunAsync(
            async ct =>
            {
                await LookAsync(ct);
                hasFailed = false;
            },
            limits.WatchInterval,
            clock,
            failure =>
            {
                // Said once: the database may be away for hours, and this looks twice a second.
                if (!hasFailed) LogFailed(failure);
                hasFailed = true;
            },
            stoppingToken);
    }

    [LoggerMessage(EventIds.RealtimeWatchFailed, LogLevel.Warning, "Whether sign-ins of WebSockets go on is not known; it is asked again until it is.")]
    private partial void LogFailed(Exception failure);
}
