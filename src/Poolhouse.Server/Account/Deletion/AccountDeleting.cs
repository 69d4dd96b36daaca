using Poolhouse.Core;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Links;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Remote;
using Poolhouse.Server.Account.Sessions;

namespace Poolhouse.Server.Account.Deletion;

/// <summary><c>DELETE account</c>; the password may be left out soon after a sign-in.</summary>
internal sealed record DeletionBody(string? Password);

/// <summary><c>DELETE account</c>: all of it within the budget, or nothing and "not now".</summary>
internal sealed partial class AccountDeleting(
    Callers callers, AccountErasures erasures, KnownPasswords passwords, Catalog catalog, ProtectionOfActions protection, Audit audit, IDatabase database,
    RemoteDeletions remotes, OtherAccounts proofs, TimeProvider clock, ILogger<AccountDeleting> logger)
{
    /// <summary>The contract's section 3.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private const int LongestPassword = 256;

    /// <summary>Deletes the caller's account.</summary>
    public async Task<IResult> DeleteAsync(AccountCall call, CancellationToken ct)
    {
        var isGoneAtPool = false;
        try
        {
            isGoneAtPool = await Deadline.RunAsync(stop => DeleteWithinAsync(call, stop), Budget, clock, ct);
        }
        catch (Exception failure) when (failure is not (ProblemException or SessionStoreUnavailableException or Wire.CognitoException { Status: < 500 }) && !ct.IsCancellationRequested)
        {
            LogFailed(failure, call.Http.TraceIdentifier);
            throw Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE");
        }

        if (isGoneAtPool) await EraseAsync(call);
        if (SessionCookie.Read(call.Http.Request) is not null) SessionCookie.Clear(call.Http.Response);
        return Results.Json(new MessageAnswer("Account deleted"), AccountJson.Default.MessageAnswer);
    }

    // Who calls is asked in here too, because that may be what doesn't answer. True where another pool has removed the user, and what is here remains to be.
    private async Task<bool> DeleteWithinAsync(AccountCall call, CancellationToken ct)
    {
        var caller = await callers.FindAsync(call, ct) ?? throw Problems.TokenInvalid();
        call.Become(caller);
        var body = await call.ReadAsync(AccountJson.Default.DeletionBody, ct, mayBeEmpty: true);
        if (body.Password is null) caller.DemandFresh(call.Now);
        else await DemandPasswordAsync(call, caller, body.Password, ct);
        await protection.DemandAsync(call, SensitiveAction.DeleteAccount, ct, isFresh: true);
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

    // The user is gone for good, so "not now" would be untrue: what fails here is done by upkeep, which the note of the removal leads to it.
    private async Task EraseAsync(AccountCall call)
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
                Budget,
                clock,
                CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogLeft(failure, call.Http.TraceIdentifier);
        }
    }

    private Core.Accounts.AuditEntry EntryOf(AccountCall call) => audit.Entry(call, "account.deleted") with { Account = null, Actor = null, Address = null, Device = null };

    private async ValueTask DemandPasswordAsync(AccountCall call, SignedIn caller, string password, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("password", password, LongestPassword);
        errors.ThrowIfAny();
        if (caller.Application.Amazon is not null)
        {
            var proven = await proofs.ProveAsync(caller.Application, caller.Account.PoolUsername, password, call.Origin, call.Now, ct);
            // Null: the password is right, and the pool would want a second factor too, which the present sign-in has had.
            if (proven is not null && proven.Id != caller.Account.Id) throw Problems.Of("INVALID_CREDENTIALS");
            return;
        }

        var (id, sub) = (caller.Account.PoolId, caller.Account.Sub);
        if (await catalog.FindPoolAsync(id, ct) is not { } pool || await database.ReadAsync(stores => stores.Users.FindAsync(id, sub, ct), ct) is not { } user)
            throw Problems.Of("TOKEN_REVOKED");
        if (await passwords.WhyNotAsync(pool, user, password, call.Now, ct) is not { } refusal) return;
        throw refusal switch
        {
            Refusal.PasswordLocked => Problems.TooMany(60),
            Refusal.Overloaded => Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE"),
            _ => Problems.Of("INVALID_CREDENTIALS"),
        };
    }

    [LoggerMessage(EventIds.AccountNotDeleted, LogLevel.Error, "An account could not be deleted, request {RequestId}; nothing of it was.")]
    private partial void LogFailed(Exception failure, string requestId);

    [LoggerMessage(EventIds.AccountLeft, LogLevel.Error, "An account's user is gone at Amazon and what belongs to it could not be removed here yet, request {RequestId}; upkeep does it.")]
    private partial void LogLeft(Exception failure, string requestId);
}

/// <summary>Maps it.</summary>
internal static class DeletionRoutes
{
    public static void MapDeletion(this RouteGroupBuilder api) =>
        api.MapDelete("/account", (AccountCall call, AccountDeleting deleting, CancellationToken ct) => deleting.DeleteAsync(call, ct)).Limit(RateLimits.Changes);
}
