using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Invitations as who makes them uses them. Nobody learns by inviting whether an address has an account.</summary>
internal sealed class Inviting(IDatabase database, InviteMails mails, ConfirmationLinks links, Audit audit)
{
    private const int LongestLocale = 35;
    private const int DefaultPage = 50;
    private const int LongestPage = 200;

    // Whoever asks, one address gets no more of them than a person would bear.
    private const int MostPerAddress = 5;
    private const int MostSends = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenSends = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <summary><c>POST invites</c>.</summary>
    public async ValueTask<IResult> InviteAsync(AccountCall call, CancellationToken ct)
    {
        DemandMayInvite(call);
        var body = await call.ReadAsync(AccountJson.Default.InviteBody, ct);
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Email("email", body.Email);
        errors.OptionalText("locale", body.Locale, LongestLocale);
        if (body.Kind is not null) errors.OneOf("kind", body.Kind, "account", "confirmation");
        errors.ThrowIfAny();
        // Who runs one application has no say in another.
        if (application != call.Application) throw Problems.Forbidden();
        var locale = body.Locale ?? call.RequestedLanguage;
        var invite = body.Kind == "confirmation" ? await AskToConfirmAsync(call, body.Email!, locale, ct) : await InviteAsync(call, body.Email!, locale, ct);
        return Results.Json(InviteAnswer.Of(invite, call.Now), AccountJson.Default.InviteAnswer, statusCode: StatusCodes.Status201Created);
    }

    /// <summary><c>GET invites</c>: an operator's are everybody's.</summary>
    public async ValueTask<IResult> ListAsync(AccountCall call, int? limit, string? before, CancellationToken ct)
    {
        AccountId? inviter = call.SignedIn.IsOperator ? null : call.Account.Id;
        var size = Math.Clamp(limit ?? DefaultPage, 1, LongestPage);
        var page = await database.ReadAsync(stores => stores.Invites.ListAsync(call.Application.Name, inviter, size, before, ct), ct);
        return Results.Json(new InvitePage([.. page.Items.Select(i => InviteAnswer.Of(i, call.Now))], page.Next), AccountJson.Default.InvitePage);
    }

    /// <summary><c>POST invites/{id}/resend</c>: another token, which works in place of the one before, for as long as a new one. Also where its time was over.</summary>
    public async ValueTask<IResult> ResendAsync(AccountCall call, string id, CancellationToken ct)
    {
        DemandMayInvite(call);
        var invite = await OwnAsync(call, id, ct);
        if (invite.StateAt(call.Now) is InviteState.Claimed or InviteState.Withdrawn) throw Problems.InviteInvalid(call.Application);
        var (renewed, mail) = mails.Renew(call.Application, invite, call.Now);
        var entry = audit.Entry(call, "invite.resent", invite.Id);
        var isSent = await database.WriteAsync(
            async unit =>
            {
                if (!await unit.Invites.RenewAsync(renewed, call.Now - BetweenSends, MostSends, ct)) return false;
                await unit.Outbox.AddAsync(mail, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        if (!isSent) throw Problems.TooMany((int)(invite.Sends >= MostSends ? Day : BetweenSends).TotalSeconds);
        return Results.Json(InviteAnswer.Of(renewed, call.Now), AccountJson.Default.InviteAnswer);
    }

    /// <summary><c>DELETE invites/{id}</c>.</summary>
    public async ValueTask<IResult> WithdrawAsync(AccountCall call, string id, CancellationToken ct)
    {
        var invite = await OwnAsync(call, id, ct);
        var entry = audit.Entry(call, "invite.withdrawn", invite.Id);
        var isWithdrawn = await database.WriteAsync(
            async unit =>
            {
                if (!await unit.Invites.WithdrawAsync(invite.Id, call.Now, ct)) return false;
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        // Taking back twice is as good as once; what was used can't be taken back.
        if (!isWithdrawn && invite.WithdrawnAt is null) throw Problems.InviteInvalid(call.Application);
        return Results.Json(new Authentication.MessageAnswer("Invitation withdrawn"), AccountJson.Default.MessageAnswer);
    }

    private async ValueTask<Invite> InviteAsync(AccountCall call, string email, string? locale, CancellationToken ct)
    {
        var (invite, mail) = mails.New(call.Application, InviteKind.Account, email, call.Account.Id, account: null, locale, call.Now);
        var entry = audit.Entry(call, "invite.created", invite.Id);
        var isStored = await database.WriteAsync(
            async unit =>
            {
                if (!await AdmitAsync(unit, call, invite, ct)) return Abandoned(unit);
                await StoreAsync(unit, invite, mail, entry, ct);
                return true;
            },
            ct);
        return isStored ? invite : throw Problems.TooMany((int)AskAgain.TotalSeconds);
    }

    // For an operator's help with an account that waits. Whether it does, an operator may see anyway.
    private async ValueTask<Invite> AskToConfirmAsync(AccountCall call, string email, string? locale, CancellationToken ct)
    {
        if (!call.SignedIn.IsOperator) throw Problems.Forbidden();
        var account = await links.FindUnconfirmedAsync(call.Application, email, call.Origin, call.Now, ct) ?? throw Problems.NotFound();
        var (invite, mail) = mails.New(call.Application, InviteKind.Confirmation, email, call.Account.Id, account.Id, locale ?? account.Locale, call.Now);
        var entry = audit.Entry(call, "invite.created", invite.Id, account.Id);
        var isStored = await database.WriteAsync(
            async unit =>
            {
                if (!await AdmitAsync(unit, call, invite, ct)) return Abandoned(unit);
                await unit.Invites.WithdrawConfirmationsAsync(account.Id, call.Now, ct);
                await StoreAsync(unit, invite, mail, entry, ct);
                return true;
            },
            ct);
        return isStored ? invite : throw Problems.TooMany((int)AskAgain.TotalSeconds);
    }

    private static async ValueTask<bool> AdmitAsync(IUnitOfWork unit, AccountCall call, Invite invite, CancellationToken ct)
    {
        if (await unit.Attempts.CountAsync($"invite-address/{invite.Application}/{invite.Email}", Day, call.Now, ct) > MostPerAddress) return false;
        return call.SignedIn.IsOperator || await unit.Attempts.CountAsync($"inviter/{call.Account.Id}", Day, call.Now, ct) <= call.Application.InvitesPerDay;
    }

    private static async ValueTask StoreAsync(IUnitOfWork unit, Invite invite, OutboxMessage mail, AuditEntry entry, CancellationToken ct)
    {
        await unit.Invites.AddAsync(invite, ct);
        await unit.Outbox.AddAsync(mail, ct);
        await unit.Audit.AddAsync(entry, ct);
    }

    private static bool Abandoned(IUnitOfWork unit)
    {
        unit.Abandon();
        return false;
    }

    // Somebody else's is not there.
    private async ValueTask<Invite> OwnAsync(AccountCall call, string id, CancellationToken ct)
    {
        var invite = await database.ReadAsync(stores => stores.Invites.FindAsync(id, ct), ct);
        var isOwn = invite is not null && invite.Application == call.Application.Name && invite.Inviter is not null
            && (call.SignedIn.IsOperator || invite.Inviter == call.Account.Id);
        return isOwn ? invite! : throw Problems.NotFound();
    }

    private static void DemandMayInvite(AccountCall call)
    {
        if (!call.SignedIn.IsOperator && !call.Application.UsersMayInvite) throw Problems.Forbidden();
    }
}
