using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Remote;

namespace Poolhouse.Server.Account.Deletion;

/// <summary>Removes an account: in one transaction where its user is in a pool of this server, and at Amazon's pool before here.</summary>
internal sealed partial class AccountRemoval(
    AccountErasures erasures, RemoteDeletions remotes, Audit audit, IDatabase database, TimeProvider clock, ILogger<AccountRemoval> logger)
{
    /// <summary>Removes it. True where another pool has removed the user, and <see cref="EraseAsync"/> has to follow.</summary>
    public async ValueTask<bool> RemoveAsync(AccountCall call, SignedIn caller, CancellationToken ct)
    {
        if (caller.Application.Amazon is not null)
        {
            await remotes.RemoveAtPoolAsync(caller.Application, caller.Account, ct);
            return true;
        }

        var (pool, sub) = (caller.Account.PoolId, caller.Account.Sub);
        var entry = EntryOf(call);
        return await database.WriteAsync(
            async unit =>
            {
                // Somebody else, or the same person twice, was first: it is done.
                await erasures.EraseAsync(unit, pool, sub, call.Now, ct);
                await unit.Audit.AddAsync(entry, ct);
                ct.ThrowIfCancellationRequested();
                return false;
            },
            ct);
    }

    /// <summary>
    /// Removes what is here of a user who is gone at another pool. That is for good, so "not now" would be untrue: what fails here is done by upkeep, which the note
    /// of the removal leads to it.
    /// </summary>
    public async Task EraseAsync(AccountCall call, TimeSpan budget)
    {
        var (account, entry) = (call.Account, EntryOf(call));
        try
        {
            await Deadline.RunAsync(
                async stop =>
                {
                    await remotes.EraseAsync(account.PoolId, account.Sub, unit => unit.Audit.AddAsync(entry, stop), stop);
                    return true;
                },
                budget,
                clock,
                CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogLeft(failure, call.Http.TraceIdentifier);
        }
    }

    private Core.Accounts.AuditEntry EntryOf(AccountCall call) => audit.Entry(call, "account.deleted") with { Account = null, Actor = null, Address = null, Device = null };

    [LoggerMessage(EventIds.AccountLeft, LogLevel.Error, "An account's user is gone at Amazon and what belongs to it could not be removed here yet, request {RequestId}; upkeep does it.")]
    private partial void LogLeft(Exception failure, string requestId);
}
