using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Amazon;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Remote;

/// <summary>
/// Removes a user from a pool of Amazon's and then from here, where no transaction reaches over both. First it is noted that it begins; then the pool is told; what the
/// pool did decides: where the user is gone there, everything here goes too, now or after whatever stood in between, and where the user is still there, nothing goes.
/// </summary>
internal sealed class RemoteDeletions(IUserPools pools, Applications applications, AccountErasures erasures, IDatabase database, TimeProvider clock)
{
    // Until a call to the pool that nobody waits for any more has arrived there or never will.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(75);

    // API_UserPoolClientType.AccessTokenValidity: a day at most.
    private static readonly TimeSpan LongestToken = TimeSpan.FromDays(2);
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>Removes the user at the pool. When it returns there is no way back, and <see cref="EraseAsync"/> has to follow; if it doesn't, upkeep does it.</summary>
    /// <exception cref="CognitoException">The pool didn't do it, or can't be asked. Nothing is removed, unless the pool did it unheard: then upkeep finds out.</exception>
    public async ValueTask RemoveAtPoolAsync(Application application, Core.Accounts.Account account, CancellationToken ct)
    {
        var deletion = new RemoteDeletion(application.Name, account.PoolId, account.Sub, account.PoolUsername);
        await WriteAsync(unit => unit.RemoteDeletions.AddAsync(deletion, clock.GetUtcNow() + Settled, ct), ct);
        try
        {
            var request = new AdminDeleteUserRequest { UserPoolId = account.PoolId.Value, Username = account.PoolUsername };
            // It answers nothing, which is read like any answer without members.
            await pools.Of(application).CallAsync("AdminDeleteUser", request, Json.AdminDeleteUserRequest, Json.RevokeTokenResponse, Origin.Unknown, ct);
        }
        catch (CognitoException gone) when (gone.Type == "UserNotFoundException")
        {
            // Somebody else, or the same person twice, was first.
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            await WriteAsync(unit => unit.RemoteDeletions.RemoveAsync(account.PoolId, account.Sub, ct), ct);
            throw;
        }
    }

    /// <summary>Removes everything here of a user who is gone at the pool, and the note.</summary>
    public Task EraseAsync(PoolId pool, Sub sub, Func<IUnitOfWork, ValueTask> along, CancellationToken ct) => WriteAsync(
        async unit =>
        {
            var now = clock.GetUtcNow();
            // No token of theirs is accepted here any more, whatever was heard of it a moment ago: it would make the account anew.
            await unit.Spent.SpendAsync(AmazonSignOuts.UserId(pool, sub), now + LongestToken, ct);
            await erasures.EraseAsync(unit, pool, sub, now, ct);
            await unit.RemoteDeletions.RemoveAsync(pool, sub, ct);
            await along(unit);
        },
        ct);

    /// <summary>Brings an interrupted removal to its end: the one that the pool came to.</summary>
    /// <exception cref="CognitoException">The pool can't be asked.</exception>
    public async ValueTask FinishAsync(RemoteDeletion deletion, CancellationToken ct)
    {
        // Gone from the configuration: there is nobody to ask. The note stays, and is looked at again.
        if (applications.Find(deletion.Application) is not { Amazon: not null } application) return;
        if (await IsThereAsync(application, deletion, ct))
            await WriteAsync(unit => unit.RemoteDeletions.RemoveAsync(deletion.PoolId, deletion.Sub, ct), ct);
        else
            await EraseAsync(deletion.PoolId, deletion.Sub, static _ => ValueTask.CompletedTask, ct);
    }

    private async ValueTask<bool> IsThereAsync(Application application, RemoteDeletion deletion, CancellationToken ct)
    {
        try
        {
            var request = new AdminGetUserRequest { UserPoolId = deletion.PoolId.Value, Username = deletion.PoolUsername };
            var found = await pools.Of(application).CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, Origin.Unknown, ct);
            // The name may be somebody else's by now.
            return AmazonUserPool.AttributesOf(found.UserAttributes).GetValueOrDefault("sub") == deletion.Sub.Value;
        }
        catch (CognitoException gone) when (gone.Type == "UserNotFoundException")
        {
            return false;
        }
    }

    private async Task WriteAsync(Func<IUnitOfWork, ValueTask> write, CancellationToken ct) => await database.WriteAsync(
        async unit =>
        {
            await write(unit);
            return true;
        },
        ct);
}
