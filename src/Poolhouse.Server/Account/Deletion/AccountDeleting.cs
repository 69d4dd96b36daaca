using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Sessions;

namespace Poolhouse.Server.Account.Deletion;

/// <summary><c>DELETE account</c>; the password may be left out soon after a sign-in.</summary>
internal sealed record DeletionBody(string? Password);

/// <summary><c>DELETE account</c>: all of it within the budget, or nothing and "not now".</summary>
internal sealed partial class AccountDeleting(
    Callers callers, DeletionPassword password, ProtectionOfActions protection, AccountRemoval removal, TimeProvider clock, ILogger<AccountDeleting> logger)
{
    /// <summary>The contract's section 3.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

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

        if (isGoneAtPool) await removal.EraseAsync(call, Budget);
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
        else await password.DemandAsync(call, caller, body.Password, ct);
        await protection.DemandAsync(call, SensitiveAction.DeleteAccount, ct, isFresh: true);
        return await removal.RemoveAsync(call, caller, ct);
    }

    [LoggerMessage(EventIds.AccountNotDeleted, LogLevel.Error, "An account could not be deleted, request {RequestId}; nothing of it was.")]
    private partial void LogFailed(Exception failure, string requestId);
}

/// <summary>Maps it.</summary>
internal static class DeletionRoutes
{
    public static void MapDeletion(this RouteGroupBuilder api) =>
        api.MapDelete("/account", (AccountCall call, AccountDeleting deleting, CancellationToken ct) => deleting.DeleteAsync(call, ct)).Limit(RateLimits.Changes);
}
