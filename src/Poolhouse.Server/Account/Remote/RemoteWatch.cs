using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Remote;

/// <summary>
/// Asks pools of Amazon's about the sign-ins of WebSockets, which ask for nothing themselves. Of all nodes one asks about each sign-in, as often as its pool's word is
/// believed, and not more than some at a time: Amazon bounds how often anybody may ask (UserRead, 120 a second for an account).
/// </summary>
internal sealed class RemoteWatch(Applications applications, RemoteSignIns signIns, IDatabase database, TimeProvider clock)
{
    private const int AtOnce = 25;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval = applications.All.Where(a => a.Amazon is not null).Select(a => a.Amazon!.FeltWithin).DefaultIfEmpty(Timeout.InfiniteTimeSpan).Min();

    /// <summary>Looks once; sign-ins that have ended are dropped, which every node sees.</summary>
    public async Task LookAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (_interval == Timeout.InfiniteTimeSpan || ids.Count == 0) return;
        var now = clock.GetUtcNow();
        var staleBefore = now - (_interval > Least ? _interval : Least);
        if (!await database.ReadAsync(stores => stores.RemoteSignIns.IsAnyStaleAsync(ids, staleBefore, ct), ct)) return;
        var claimed = await database.WriteAsync(unit => unit.RemoteSignIns.ClaimChecksAsync(ids, staleBefore, AtOnce, now, ct), ct);
        await Task.WhenAll(claimed.Select(signIn => AskAsync(signIn, ct)));
    }

    private async Task AskAsync(RemoteSignIn signIn, CancellationToken ct)
    {
        try
        {
            if (applications.Find(signIn.Application) is { Amazon: not null } application && await signIns.FindAsync(application, signIn, ct) is not null) return;
        }
        catch (CognitoException)
        {
            // Nobody knows; it is asked again. A connection that stays open meanwhile is told nothing that is anybody's.
            return;
        }

        await database.WriteAsync(unit => unit.Realtime.DropSignInAsync(signIn.AccountId, signIn.Id, ct), ct);
    }
}
