using Microsoft.Extensions.Options;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>
/// Every minute: removes what has expired, a little at a time (nothing depends on it: every use checks the time itself), and replaces
/// signing keys that are old.
/// </summary>
internal sealed partial class Upkeep(
    IDatabaseMaintenance maintenance, KeyRotation rotation, TimeProvider clock, IOptions<ServerOptions> options, ILogger<Upkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // 50,000 rows of a table a minute and node; docs/scaling.md has what falls due. A bound, so that signing keys have their turn.
    private const int MostSteps = 50;

    private readonly TimeSpan? _keyLifetime = options.Value.SigningKeyDays is > 0 and var days ? TimeSpan.FromDays(days) : null;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(RunOnceAsync, Interval, clock, LogFailed, stoppingToken);

    private async Task RunOnceAsync(CancellationToken ct)
    {
        var removed = 0;
        for (var step = 0; step < MostSteps; step++)
        {
            // Each step is a transaction of its own, so that nobody waits long for a lock.
            var count = await maintenance.RemoveExpiredAsync(clock.GetUtcNow(), ct);
            removed += count;
            if (count < IDatabaseMaintenance.MostExpired) break;
        }

        if (removed > 0) LogDone(removed);
        var rotated = await rotation.RunAsync(_keyLifetime, ct);
        if (rotated > 0) LogRotated(rotated);
    }

    [LoggerMessage(EventIds.UpkeepDone, LogLevel.Debug, "Removed {Count} expired rows.")]
    private partial void LogDone(int count);

    [LoggerMessage(EventIds.KeysRotated, LogLevel.Information, "{Count} pools have new signing keys, which are published now and sign in an hour.")]
    private partial void LogRotated(int count);

    [LoggerMessage(EventIds.UpkeepFailed, LogLevel.Warning, "Upkeep failed; it is tried again in a minute.")]
    private partial void LogFailed(Exception failure);
}
