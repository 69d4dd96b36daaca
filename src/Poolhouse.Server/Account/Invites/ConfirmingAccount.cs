using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Invites;

/// <summary>What a link of a mail leads to. Looking spends nothing, since mail gateways follow links; only the button's POST does.</summary>
internal sealed class ConfirmingAccount(PresentedInvites presented, IUserPools pools, IDatabase database, CodeRequests requests, Audit audit)
{
    private const int LongestToken = 256;

    /// <summary><c>GET invites/{token}</c>.</summary>
    public async ValueTask<IResult> ShowAsync(AccountCall call, string token, string? application, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var wanted = application is null ? null : call.ApplicationNamed(application, errors);
        errors.ThrowIfAny();
        var (invite, of) = await presented.GetAsync(call, token, wanted, ct);
        return Results.Json(
            new PresentedInvite(invite.Email, of.Name, of.Title, InviteAnswer.NameOf(invite.Kind), invite.ExpiresAt), AccountJson.Default.PresentedInvite);
    }

    /// <summary><c>POST confirm-account</c>.</summary>
    public async ValueTask<IResult> ConfirmAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.ConfirmAccountBody, ct);
        var errors = new FieldErrors();
        var wanted = body.Application is null ? null : call.ApplicationNamed(body.Application, errors);
        errors.Text("token", body.Token, LongestToken);
        errors.ThrowIfAny();
        var (invite, application) = await presented.GetAsync(call, body.Token, wanted, ct);
        if (invite.Kind == InviteKind.Account)
        {
            // It makes accounts and confirms none: the account of its address, if there is one, may be somebody else's who waits for just this click
            // (pre-hijacking). As in the registration of a known address, the owner gets mail that leads to it, and the invitation stays.
            await requests.AddAsync(call, application, invite.Email, CodeRequestPurpose.KnownAddress, ct);
            throw await presented.RefuseAsync(call, application, invite, ct);
        }

        var account = await database.ReadAsync(stores => stores.Accounts.FindAsync(invite.Account!.Value, ct), ct);
        if (account is null) throw await presented.RefuseAsync(call, application, invite, ct);
        var entry = audit.Entry(call, "account.confirmed", invite.Id, account.Id) with { Application = application.Name };
        try
        {
            await pools.Of(application).ConfirmAsync(account.PoolUsername, (unit, user) => ClaimAsync(unit, call, application, invite, account, user, entry, ct), call.Origin, ct);
        }
        catch (CognitoException refused) when (refused.Type is "AliasExistsException" or "NotAuthorizedException" or "UserNotFoundException")
        {
            throw await presented.RefuseAsync(call, application, invite, ct);
        }

        return Results.Json(new MessageAnswer("Account confirmed"), AccountJson.Default.MessageAnswer);
    }

    private static async ValueTask ClaimAsync(
        IUnitOfWork unit, AccountCall call, Application application, Invite invite, Core.Accounts.Account account, SeenUser user, AuditEntry entry, CancellationToken ct)
    {
        // The proof is of the address that the mail went to; if the user has another by now, it proves nothing.
        var isProof = EmailAddress.Normalize(user.Attributes.GetValueOrDefault("email") ?? "") == invite.Email && user.Sub == account.Sub;
        if (!isProof || !await unit.Invites.ClaimAsync(invite, account.Id, call.Now, ct)) throw Problems.InviteInvalid(application);
        await unit.Audit.AddAsync(entry, ct);
    }
}
