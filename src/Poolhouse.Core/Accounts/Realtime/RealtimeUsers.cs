using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Realtime;

/// <summary>A verified sign-in, with what a client told of it.</summary>
/// <param name="Account">Whose; its e-mail address is verified.</param>
/// <param name="FamilyId">The sign-in.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="Tokens">Its tokens, verified.</param>
/// <param name="Remote">The same for the pool's sake where that is Amazon's; null where it is this server's.</param>
public sealed record ToldSignIn(Account Account, string FamilyId, DateTimeOffset ExpiresAt, ToldTokens Tokens, RemoteSignIn? Remote = null);

/// <summary>Rules of the WebSocket API's users: one account under one e-mail address and one cogId, logged in as long as a stored sign-in goes on.</summary>
public sealed class RealtimeUsers(IDatabase database, RealtimeTokens tokens, ProviderNames names)
{
    // More devices than anybody has; bounds what one account can store.
    private const int MostSignIns = 50;

    /// <summary>
    /// Makes the user and stores the sign-in. For a user who is there it changes nothing of them, and notes the sign-in where that is a new one.
    /// </summary>
    /// <param name="signIn">Verified.</param>
    /// <param name="cogId">The user's sub, or an identity of theirs.</param>
    /// <param name="username">The username wished for; null for none.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<(RealtimeOutcome Outcome, RealtimeUser? User)> SignUpAsync(
        ToldSignIn signIn, string cogId, AccountUsername? username, DateTimeOffset now, CancellationToken ct)
    {
        if (!await IsOwnAsync(cogId, signIn.Account, ct)) return (RealtimeOutcome.CogIdMismatch, null);
        var stored = Store(signIn, now);
        return await database.WriteAsync(
            async unit =>
            {
                if (signIn.Remote is { } remote && !await unit.RemoteSignIns.PutAsync(remote, ct)) return Undone(unit, RealtimeOutcome.Ended);
                var known = await unit.Realtime.FindAsync(signIn.Account.Id, ct);
                if (known is not null)
                {
                    if (await unit.Realtime.FindSignInAsync(stored.FamilyId, ct) is null) await unit.Realtime.PutSignInAsync(stored, ct);
                    return await IsLiveAsync(unit, stored, now, ct) ? (RealtimeOutcome.Stored, known) : Undone(unit, RealtimeOutcome.Ended);
                }

                var user = new RealtimeUser(signIn.Account.Id, signIn.Account.Application, cogId, signIn.Account.Email!, now);
                var outcome = await CreateAsync(unit, user, ct);
                if (outcome != RealtimeOutcome.Stored) return Undone(unit, outcome);
                if (username is not null && !await unit.Accounts.RenameAsync(user.AccountId, username, ct)) return Undone(unit, RealtimeOutcome.UsernameTaken);
                await unit.Realtime.PutSignInAsync(stored, ct);
                return await IsLiveAsync(unit, stored, now, ct) ? (RealtimeOutcome.Stored, user) : Undone(unit, RealtimeOutcome.Ended);
            },
            ct);
    }

    /// <summary>Stores a sign-in's tokens, in the place of older ones. A user who never signed up here is made, with their sub as cogId.</summary>
    public async ValueTask<(RealtimeOutcome Outcome, RealtimeUser? User)> LogInAsync(ToldSignIn signIn, DateTimeOffset now, CancellationToken ct)
    {
        var stored = Store(signIn, now);
        return await database.WriteAsync(
            async unit =>
            {
                if (signIn.Remote is { } remote && !await unit.RemoteSignIns.PutAsync(remote, ct)) return Undone(unit, RealtimeOutcome.Ended);
                var user = await unit.Realtime.FindAsync(signIn.Account.Id, ct);
                var email = signIn.Account.Email!;
                if (user is null)
                {
                    user = new RealtimeUser(signIn.Account.Id, signIn.Account.Application, signIn.Account.Sub.Value, email, now);
                    var outcome = await CreateAsync(unit, user, ct);
                    if (outcome != RealtimeOutcome.Stored) return Undone(unit, outcome);
                }
                else if (user.Email != email)
                {
                    await ReleaseAsync(unit, user.Application, email, ct);
                    if (!await unit.Realtime.ChangeEmailAsync(user, email, ct)) return Undone(unit, RealtimeOutcome.IdentityTaken);
                    user = user with { Email = email };
                }

                await unit.Realtime.PutSignInAsync(stored, ct);
                await unit.Realtime.TrimSignInsAsync(user.AccountId, MostSignIns, now, ct);
                return await IsLiveAsync(unit, stored, now, ct) ? (RealtimeOutcome.Stored, user) : Undone(unit, RealtimeOutcome.Ended);
            },
            ct);
    }

    /// <summary>Drops what is stored of a sign-in. Safe to repeat.</summary>
    public async ValueTask LogOutAsync(AccountId account, string familyId, CancellationToken ct) =>
        await database.WriteAsync(
            async unit =>
            {
                var isDropped = await unit.Realtime.DropSignInAsync(account, familyId, ct);
                await unit.RemoteSignIns.RemoveUnusedAsync(familyId, account, ct);
                return isDropped;
            },
            ct);

    /// <summary>Whether a stored sign-in of an account goes on.</summary>
    public ValueTask<bool> IsLoggedInAsync(AccountId account, DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Realtime.IsLoggedInAsync(account, now, ct), ct);

    // Sealing is slow, and what is slow stays out of the transaction.
    private StoredSignIn Store(ToldSignIn signIn, DateTimeOffset now) =>
        new(signIn.FamilyId, signIn.Account.Id, tokens.Seal(signIn.Tokens, signIn.Account.Id, signIn.FamilyId), now, signIn.ExpiresAt);

    // The insert decides; of many at once for one identity one makes the user, and the others find it made.
    private static async ValueTask<RealtimeOutcome> CreateAsync(IUnitOfWork unit, RealtimeUser user, CancellationToken ct)
    {
        await ReleaseAsync(unit, user.Application, user.Email, ct);
        if (await unit.Realtime.CreateAsync(user, ct)) return RealtimeOutcome.Stored;
        return await unit.Realtime.FindAsync(user.AccountId, ct) is { } same && same.CogId == user.CogId ? RealtimeOutcome.Stored : RealtimeOutcome.IdentityTaken;
    }

    /// <summary>Who had the address and no longer has it at the pool, has lost it here too; who still has it keeps it.</summary>
    private static async ValueTask ReleaseAsync(IUnitOfWork unit, string application, string email, CancellationToken ct)
    {
        if (await unit.Realtime.FindByEmailAsync(application, email, ct) is not { } holder) return;
        var account = await unit.Accounts.FindAsync(holder.AccountId, ct);
        var user = account is null ? null : await unit.Users.FindAsync(account.PoolId, account.Sub, ct);
        // A user of another pool is not here; their account has the address that the pool last told of.
        var isStill = user is null ? account?.Email == email : new SeenUser(user.PoolId, user.Sub, user.Username, user.Attributes).VerifiedEmail == email;
        if (!isStill) await unit.Realtime.DeleteAsync(holder.AccountId, ct);
    }

    private static async ValueTask<bool> IsLiveAsync(IUnitOfWork unit, StoredSignIn stored, DateTimeOffset now, CancellationToken ct) =>
        (await unit.Realtime.ListLiveAsync([stored.FamilyId], now, ct)).Count == 1;

    // Source 000 takes cogId from the credentials of an identity pool; who has none is known by the sub.
    private async ValueTask<bool> IsOwnAsync(string cogId, Account account, CancellationToken ct)
    {
        if (cogId == account.Sub.Value) return true;
        if (await database.ReadAsync(stores => stores.Identities.FindAsync(new IdentityId(cogId), ct), ct) is not { IsEnabled: true } identity) return false;
        return identity.Logins.Any(login => !login.IsDeveloper && login.Subject == account.Sub.Value && names.PoolOf(login.Provider) == account.PoolId);
    }

    private static (RealtimeOutcome, RealtimeUser?) Undone(IUnitOfWork unit, RealtimeOutcome outcome)
    {
        unit.Abandon();
        return (outcome, null);
    }
}
