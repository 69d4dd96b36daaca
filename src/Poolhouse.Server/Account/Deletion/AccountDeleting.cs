using Poolhouse.Core;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
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
    Callers callers, AccountErasures erasures, KnownPasswords passwords, Catalog catalog, ProtectionOfActions protection, Audit audit, IDatabase database, TimeProvider clock,
    ILogger<AccountDeleting> logger)
{
    /// <summary>The contract's section 3.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private const int LongestPassword = 256;

    /// <summary>Deletes the caller's account.</summary>
    public async Task<IResult> DeleteAsync(AccountCall call, CancellationToken ct)
    {
        try
        {
            await Deadline.RunAsync(stop => DeleteWithinAsync(call, stop), Budget, clock, ct);
        }
        catch (Exception failure) when (failure is not (ProblemException or SessionStoreUnavailableException or Wire.CognitoException) && !ct.IsCancellationRequested)
        {
            LogFailed(failure, call.Http.TraceIdentifier);
            throw Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE");
        }

        if (SessionCookie.Read(call.Http.Request) is not null) SessionCookie.Clear(call.Http.Response);
        return Results.Json(new MessageAnswer("Account deleted"), AccountJson.Default.MessageAnswer);
    }

    // Who calls is asked in here too, because that may be what doesn't answer.
    private async Task<bool> DeleteWithinAsync(AccountCall call, CancellationToken ct)
    {
        var caller = await callers.FindAsync(call, ct) ?? throw Problems.TokenInvalid();
        call.Become(caller);
        // Deleting here would leave the user at Amazon, and say otherwise.
        if (caller.Application.Amazon is not null) throw Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE");
        var body = await call.ReadAsync(AccountJson.Default.DeletionBody, ct, mayBeEmpty: true);
        if (body.Password is null) caller.DemandFresh(call.Now);
        else await DemandPasswordAsync(caller, body.Password, call.Now, ct);
        await protection.DemandAsync(call, SensitiveAction.DeleteAccount, ct, isFresh: true);
        var (pool, sub) = (caller.Account.PoolId, caller.Account.Sub);
        var entry = audit.Entry(call, "account.deleted") with { Account = null, Actor = null, Address = null, Device = null };
        return await database.WriteAsync(
            async unit =>
            {
                // Somebody else, or the same person twice, was first: it is done.
                await erasures.EraseAsync(unit, pool, sub, call.Now, ct);
                await unit.Audit.AddAsync(entry, ct);
                ct.ThrowIfCancellationRequested();
                return true;
            },
            ct);
    }

    private async ValueTask DemandPasswordAsync(SignedIn caller, string password, DateTimeOffset now, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("password", password, LongestPassword);
        errors.ThrowIfAny();
        var (id, sub) = (caller.Account.PoolId, caller.Account.Sub);
        if (await catalog.FindPoolAsync(id, ct) is not { } pool || await database.ReadAsync(stores => stores.Users.FindAsync(id, sub, ct), ct) is not { } user)
            throw Problems.Of("TOKEN_REVOKED");
        if (await passwords.WhyNotAsync(pool, user, password, now, ct) is not { } refusal) return;
        throw refusal switch
        {
            Refusal.PasswordLocked => Problems.TooMany(60),
            Refusal.Overloaded => Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE"),
            _ => Problems.Of("INVALID_CREDENTIALS"),
        };
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
