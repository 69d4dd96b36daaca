using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;

namespace Poolhouse.Server.Account.Links;

/// <summary>
/// Links one person's accounts of different applications. Both have to be proved: the caller's own by a sign-in of the last fifteen minutes, the
/// other one by its password or by a code that its pool's verified address got. Equal addresses are no proof. A link lets nobody in anywhere.
/// </summary>
internal sealed class Linking(
    OtherAccounts others, LinkCodes codes, LinkList list, LinkMessages messages, ProtectionOfActions protection, IDatabase database, Audit audit)
{
    private const int LongestPassword = 256;

    /// <summary><c>POST links</c>.</summary>
    public async ValueTask<IResult> CreateAsync(AccountCall call, CancellationToken ct)
    {
        await DemandAsync(call, ct);
        var body = await call.ReadAsync(AccountJson.Default.LinkBody, ct);
        var errors = new FieldErrors();
        errors.Text("application", body.Application, 64);
        errors.Email("email", body.Email);
        errors.OptionalText("password", body.Password, LongestPassword);
        errors.ThrowIfAny();
        var application = call.ApplicationNamed(body.Application, errors);
        if (application.Name == call.Application.Name) errors.Add("application", "UNKNOWN");
        errors.ThrowIfAny();
        var email = body.Email!.ToLowerInvariant();
        if (body.Password is null) return await RequestAsync(call, application, email, ct);
        var other = await others.ProveAsync(application, email, body.Password, call.Origin, call.Now, ct);
        return other is null ? await RequestAsync(call, application, email, ct) : await LinkAsync(call, application, other, ct);
    }

    /// <summary><c>POST links/verify</c>.</summary>
    public async ValueTask<IResult> VerifyAsync(AccountCall call, CancellationToken ct)
    {
        await DemandAsync(call, ct);
        var body = await call.ReadAsync(AccountJson.Default.LinkCodeBody, ct);
        var errors = new FieldErrors();
        errors.Text("link_id", body.LinkId, 64);
        errors.Text("code", body.Code, 64);
        errors.ThrowIfAny();
        var (outcome, request) = await database.WriteAsync(unit => codes.TryAsync(unit, body.LinkId!, call.Account.Id, body.Code!, call.Now, ct), ct);
        if (request is null) throw Problems.Of(outcome == CodeOutcome.Mismatch ? "CODE_MISMATCH" : "CODE_EXPIRED");

        // The code proves the address it went to; meanwhile that may be another's, or the account disabled.
        var (application, other) = await others.FindAsync(request, call.Origin, call.Now, ct) ?? throw Problems.Of("CODE_EXPIRED");
        return await LinkAsync(call, application, other, ct);
    }

    /// <summary><c>GET links</c>.</summary>
    public async ValueTask<IResult> ListAsync(AccountCall call, CancellationToken ct) =>
        Results.Json(await list.ReadAsync(call.Account, ct), AccountJson.Default.LinksAnswer);

    /// <summary><c>DELETE links/{id}</c>.</summary>
    public async ValueTask<IResult> RemoveAsync(string id, AccountCall call, CancellationToken ct)
    {
        // Asked of everybody: whether the other side has a password is the pool's to know, and not to be learned here.
        await DemandAsync(call, ct);
        var link = await list.DemandAsync(call.Account, id, ct);
        var own = audit.Entry(call, "link.removed", id);
        var theirs = audit.Entry(call, "link.removed", id, link.Other.Id) with { Application = link.Other.Application };
        var notices = await messages.RemovedAsync(call, link.Other, ct);
        var isRemoved = await database.WriteAsync(
            async unit =>
            {
                if (!await unit.Links.UnlinkAsync(id, call.Account.Id, ct)) return false;
                await unit.Audit.AddAsync(own, ct);
                await unit.Audit.AddAsync(theirs, ct);
                foreach (var notice in notices) await unit.Outbox.AddAsync(notice, ct);
                return true;
            },
            ct);
        return isRemoved ? Results.Json(new Authentication.MessageAnswer("Link removed"), AccountJson.Default.MessageAnswer) : throw Problems.NotFound();
    }

    // Fresh whatever the security matrix says: it may ask for more, and a link without proof of the own side is none.
    private ValueTask DemandAsync(AccountCall call, CancellationToken ct)
    {
        call.SignedIn.DemandFresh(call.Now);
        return protection.DemandAsync(call, SensitiveAction.LinkAccount, ct);
    }

    private async ValueTask<IResult> RequestAsync(AccountCall call, Application application, string email, CancellationToken ct)
    {
        var user = await others.FindAsync(application, email, call.Origin, ct);
        var (request, digits) = codes.New(call.Account.Id, application, email, user, call.Now);
        var message = await messages.CodeAsync(call, application, request, user, digits, ct);
        var entry = audit.Entry(call, "link.requested", application.Name);
        var isAdmitted = await database.WriteAsync(
            async unit =>
            {
                if (!await LinkCodes.TryRequestAsync(unit, request, call.Now, ct)) return false;
                await unit.Outbox.AddAsync(message, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        if (!isAdmitted) throw Problems.TooMany((int)LinkCodes.Window.TotalSeconds);
        return Results.Json(new LinkRequestAnswer("OTP sent", request.Id), AccountJson.Default.LinkRequestAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private async ValueTask<IResult> LinkAsync(AccountCall call, Application application, Core.Accounts.Account other, CancellationToken ct)
    {
        var fresh = codes.NewId();
        var notices = await messages.CreatedAsync(call, other, ct);
        var (own, theirs) = (audit.Entry(call, "link.created", fresh), audit.Entry(call, "link.created", fresh, other.Id) with { Application = application.Name });
        var (outcome, id) = await database.WriteAsync(
            async unit =>
            {
                var linked = await unit.Links.LinkAsync(fresh, call.Account, other, call.Now, ct);
                if (linked.Outcome != LinkOutcome.Linked)
                {
                    unit.Abandon();
                    return linked;
                }

                await unit.Audit.AddAsync(own, ct);
                await unit.Audit.AddAsync(theirs, ct);
                foreach (var notice in notices) await unit.Outbox.AddAsync(notice, ct);
                return linked;
            },
            ct);
        if (outcome == LinkOutcome.Taken) throw Problems.Of("ALREADY_LINKED");
        return Results.Json(list.Of(await list.DemandAsync(call.Account, id, ct)), AccountJson.Default.LinkAnswer);
    }
}
