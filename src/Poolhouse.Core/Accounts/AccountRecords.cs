using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts;

/// <summary>What a verified token or a sign-up says of a pool's user.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="Sub">The user.</param>
/// <param name="Username">The name that signs in.</param>
/// <param name="Attributes">The user's attributes.</param>
public sealed record SeenUser(PoolId PoolId, Sub Sub, string Username, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The verified address in lower case; null where there is none.</summary>
    public string? VerifiedEmail =>
        Attributes.GetValueOrDefault("email_verified") == "true" ? Attributes.GetValueOrDefault("email")?.ToLowerInvariant() : null;

    /// <summary>Whether a token of theirs names the group whose members run the applications: only an administrator of the pool can have put them there.</summary>
    public bool IsOperator { get; init; }

    /// <summary>The language tag; null where there is none.</summary>
    public string? Locale => Attributes.GetValueOrDefault("locale") is { Length: > 0 } locale ? locale : null;
}

/// <summary>Keeps the local record of a user in step with the pool.</summary>
public sealed class AccountRecords(IDatabase database, IEnumerable<IConfirmedAccountPart> parts, IRandom random)
{
    /// <summary>The account of a user who has signed in. Made here if the user came to the pool another way than by this API's register.</summary>
    public async ValueTask<Account> SeeAsync(Application application, SeenUser user, DateTimeOffset now, CancellationToken ct)
    {
        var known = await database.ReadAsync(stores => stores.Accounts.FindByUserAsync(application.Name, user.PoolId, user.Sub, ct), ct);
        return known is not null && IsCurrent(known, user) ? known : await database.WriteAsync(unit => SeeAsync(unit, application, user, now, ct), ct);
    }

    /// <summary>The same for an account that was just read.</summary>
    public async ValueTask<Account> SeeAsync(Application application, Account known, SeenUser user, DateTimeOffset now, CancellationToken ct) =>
        IsCurrent(known, user) ? known : await database.WriteAsync(unit => SeeAsync(unit, application, user, now, ct), ct);

    /// <summary>A new account for a user, not stored.</summary>
    public Account New(Application application, SeenUser user, DateTimeOffset now) => new()
    {
        Id = new AccountId(random.UuidText()),
        Application = application.Name,
        PoolId = user.PoolId,
        Sub = user.Sub,
        PoolUsername = user.Username,
        Email = user.VerifiedEmail,
        Locale = user.Locale,
        CreatedAt = now,
    };

    private async ValueTask<Account> SeeAsync(IUnitOfWork unit, Application application, SeenUser user, DateTimeOffset now, CancellationToken ct)
    {
        var known = await unit.Accounts.FindByUserAsync(application.Name, user.PoolId, user.Sub, ct);
        if (known is null)
        {
            var invite = application.Invitation == FieldUse.Required ? await DemandInvitedAsync(unit, application, user, now, ct) : null;
            known = New(application, user, now);

            // Another first sight of the user may have come between: then the account is the one it made.
            if (await unit.Accounts.CreateAsync(known, ct) != SaveAccountOutcome.Saved)
            {
                known = await unit.Accounts.FindByUserAsync(application.Name, user.PoolId, user.Sub, ct)
                    ?? throw new InvalidOperationException("An account could neither be made nor found.");
            }
            else if (invite is not null && !await unit.Invites.ClaimAsync(invite, known.Id, now, ct))
            {
                throw new UninvitedException();
            }
        }

        var isFirst = known.ConfirmedAt is null;
        var current = known with
        {
            PoolUsername = user.Username,
            Email = user.VerifiedEmail,
            Locale = user.Locale ?? known.Locale,
            ConfirmedAt = known.ConfirmedAt ?? now,
        };
        await unit.Accounts.UpdateAsync(current, ct);
        if (!isFirst) return current;
        foreach (var part in parts) await part.ConfirmAsync(unit, application, current, now, ct);
        return current;
    }

    // Who registers here is known from then on. Whom the operator made or imported may come; who signed up at the pool itself went past the invitation.
    // Amazon doesn't say how a user came to be. There only operators come by themselves; for others an invitation to their verified address must wait,
    // and is used: so does who registered with one while this server died between the pool's part and its own.
    private static async ValueTask<Invite?> DemandInvitedAsync(IUnitOfWork unit, Application application, SeenUser user, DateTimeOffset now, CancellationToken ct)
    {
        if (application.Amazon is null)
            return await unit.Events.HasSignedUpByClientAsync(user.PoolId, user.Sub, ct) ? throw new UninvitedException() : null;
        if (user.IsOperator) return null;
        var waiting = user.VerifiedEmail is { } email ? await unit.Invites.FindPendingAsync(application.Name, EmailAddress.Normalize(email), now, ct) : null;
        return waiting ?? throw new UninvitedException();
    }

    private static bool IsCurrent(Account account, SeenUser user) =>
        account.ConfirmedAt is not null && account.Email == user.VerifiedEmail && account.PoolUsername == user.Username
        && (user.Locale is null || account.Locale == user.Locale);
}

/// <summary>An application that is for invited people was come to by somebody who signed up at its pool instead.</summary>
public sealed class UninvitedException : Exception
{
    /// <summary>With its one message.</summary>
    public UninvitedException()
        : base("The application takes invited people only.")
    {
    }
}

/// <summary>What else happens once, in the transaction in which an account is first seen to be confirmed: its place in the tree, say.</summary>
public interface IConfirmedAccountPart
{
    /// <summary>Does it. May run again after a conflict; touches nothing outside the database.</summary>
    ValueTask ConfirmAsync(IUnitOfWork unit, Application application, Account account, DateTimeOffset now, CancellationToken ct);
}
