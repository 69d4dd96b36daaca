using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>Every minute, and when somebody took a document back: removes documents of deleted accounts, content whose time is over, and objects that no document has.</summary>
internal sealed partial class KycUpkeep(KycErasure erasure, KycSignal signal, TimeProvider clock, ILogger<KycUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeated.RunAsync(EraseAsync, (_, ct) => signal.WaitAsync(Interval, ct), LogFailed, stoppingToken);

    private async Task EraseAsync(CancellationToken ct)
    {
        var removed = await erasure.RunAsync(clock.GetUtcNow(), ct);
        if (removed > 0) LogRemoved(removed);
    }

    [LoggerMessage(EventIds.DocumentsErased, LogLevel.Information, "Removed {Count} files of identity documents.")]
    private partial void LogRemoved(int count);

    [LoggerMessage(EventIds.DocumentsNotErased, LogLevel.Error, "Files of identity documents that must go could not be removed; it is tried again in a minute.")]
    private partial void LogFailed(Exception failure);
}
