using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server;

/// <summary>Removes what deleted accounts left outside the database, again and again until it is gone.</summary>
internal sealed partial class ErasureRunner(
    IDatabase database, IEnumerable<IErasureWork> works, ErasureSignal signal, TimeProvider clock, ILogger<ErasureRunner> logger) : BackgroundService
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IErasureWork> _works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);

    /// <summary>Does what is due; answers how many were taken.</summary>
    public async ValueTask<int> RunOnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await database.WriteAsync(unit => unit.Erasures.TakeAsync(AtOnce, now, now + Lease, ct), ct);
        foreach (var erasure in taken) await RunAsync(erasure, ct);
        return taken.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken) < AtOnce) await signal.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLoopFailed(failure);
                await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask RunAsync(Erasure erasure, CancellationToken ct)
    {
        try
        {
            await _works[erasure.Kind].EraseAsync(erasure.Subject, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(failure, erasure.Kind, erasure.Id, erasure.Attempts);
            var wait = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(erasure.Attempts, 12)));
            await database.WriteAsync(
                async unit =>
                {
                    await unit.Erasures.PostponeAsync(erasure.Id, clock.GetUtcNow() + (wait < LongestWait ? wait : LongestWait), ct);
                    return true;
                },
                ct);
            return;
        }

        await database.WriteAsync(
            async unit =>
            {
                await unit.Erasures.CompleteAsync(erasure.Id, ct);
                return true;
            },
            ct);
    }

    [LoggerMessage(EventIds.ErasureFailed, LogLevel.Warning, "What a deleted account left could not be removed: {Kind} {Id}, attempt {Attempt}. It is tried again.")]
    private partial void LogFailed(Exception failure, string kind, string id, int attempt);

    [LoggerMessage(EventIds.ErasuresFailed, LogLevel.Warning, "Nothing that deleted accounts left could be removed; it is tried again.")]
    private partial void LogLoopFailed(Exception failure);
}
