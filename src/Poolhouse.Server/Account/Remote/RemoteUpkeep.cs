using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Remote;

/// <summary>
/// Tells pools of Amazon's what ended here, until they have heard, and brings removals of users to their end that were interrupted. Any number of nodes may run it.
/// </summary>
internal sealed partial class RemoteUpkeep(
    IDatabase database, Applications applications, RemoteSignIns signIns, RemoteDeletions deletions, TimeProvider clock, ILogger<RemoteUpkeep> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Does what is due.</summary>
    public async Task DoAllAsync(CancellationToken ct)
    {
        while (await ClaimEndedAsync(ct) is { Count: > 0 } ended)
            foreach (var signIn in ended) await TellAsync(signIn, ct);
        while (await ClaimDeletionsAsync(ct) is { Count: > 0 } begun)
            foreach (var deletion in begun) await FinishAsync(deletion, ct);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => applications.All.Any(a => a.Amazon is not null)
        ? Repeated.RunAsync(DoAllAsync, Poll, clock, LogFailed, stoppingToken)
        : Task.CompletedTask;

    // Looked for by reading first: an idle node should not write.
    private async Task<IReadOnlyList<RemoteSignIn>> ClaimEndedAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(stores => stores.RemoteSignIns.IsAnyDueAsync(now, ct), ct)) return [];
        return await database.WriteAsync(unit => unit.RemoteSignIns.ClaimEndedAsync(AtOnce, now + Lease, now, ct), ct);
    }

    private async Task<IReadOnlyList<RemoteDeletion>> ClaimDeletionsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(stores => stores.RemoteDeletions.IsAnyDueAsync(now, ct), ct)) return [];
        return await database.WriteAsync(unit => unit.RemoteDeletions.ClaimAsync(AtOnce, now + Lease, now, ct), ct);
    }

    private async Task TellAsync(RemoteSignIn signIn, CancellationToken ct)
    {
        try
        {
            // An application that was taken from the configuration since has no pool to tell.
            if (applications.Find(signIn.Application) is { Amazon: not null } application) await signIns.RevokeAsync(application, signIn, ct);
        }
        catch (CognitoException)
        {
            await database.WriteAsync(
                async unit =>
                {
                    await unit.RemoteSignIns.DeferAsync(signIn.Id, clock.GetUtcNow() + PauseAfter(signIn.Attempts), ct);
                    return true;
                },
                ct);
            return;
        }

        await database.WriteAsync(
            async unit =>
            {
                await unit.RemoteSignIns.RemoveAsync(signIn.Id, ct);
                return true;
            },
            ct);
    }

    private async Task FinishAsync(RemoteDeletion deletion, CancellationToken ct)
    {
        try
        {
            await deletions.FinishAsync(deletion, ct);
        }
        catch (CognitoException)
        {
            await database.WriteAsync(
                async unit =>
                {
                    await unit.RemoteDeletions.AddAsync(deletion, clock.GetUtcNow() + PauseAfter(deletion.Attempts), ct);
                    return true;
                },
                ct);
        }
    }

    private static TimeSpan PauseAfter(long attempts) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (int)Math.Min(attempts, 10)));

    [LoggerMessage(EventIds.RemoteUpkeepFailed, LogLevel.Warning, "What ended here could not be told to pools of Amazon's; it is tried again.")]
    private partial void LogFailed(Exception failure);
}
