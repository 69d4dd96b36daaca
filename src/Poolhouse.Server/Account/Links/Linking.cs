using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;

namespace Poolhouse.Server.Account.Links;

/// <summary>
/// Links one person's accounts of different applications. Both have to be proved: the caller's own by a sign-in of the last fifteen minutes, the
/// other one by its password or by a code that its pool's verified address got. Equal addresses are no proof. A link lets nobody in anywhere.
/// </summary>
internal sealed class Linking(
    Applications applications,
    OtherAccounts others,
    AccountRecords accounts,
    LinkMessages messages,
    ProtectionOfActions protection,
    IDatabase database,
    Audit audit,
    Sealer sealer,
    IRandom random)
{
    private const int LongestPassword = 256;
    private const int MostRequests = 5;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

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
        var hash = LinkRequest.HashOf(sealer, body.LinkId!, call.Account.Id, body.Code!);
        var (outcome, request) = await database.WriteAsync(unit => unit.Links.TryAsync(body.LinkId!, call.Account.Id, hash, call.Now, ct), ct);
        if (request is null) throw Problems.Of(outcome == CodeOutcome.Mismatch ? "CODE_MISMATCH" : "CODE_EXPIRED");

        // The code proves the address it went to; meanwhile that may be another's, or the account disabled.
        if (applications.Find(request.Application) is not { } application
            || await others.ReadAsync(application, request.PoolUsername!, request.Email, call.Origin, ct) is not { } user || user.Sub != request.Sub)
            throw Problems.Of("CODE_EXPIRED");
        return await LinkAsync(call, application, await accounts.SeeAsync(application, user, call.Now, ct), ct);
    }

    /// <summary><c>GET links</c>.</summary>
    public async ValueTask<IResult> ListAsync(AccountCall call, CancellationToken ct) =>
        Results.Json(await ReadAsync(call.Account, ct), AccountJson.Default.LinksAnswer);

    /// <summary>The account's links as they are shown.</summary>
    public async ValueTask<LinksAnswer> ReadAsync(Core.Accounts.Account account, CancellationToken ct)
    {
        var links = await database.ReadAsync(stores => stores.Links.ListAsync(account.Id, ct), ct);
        return new LinksAnswer([.. links.Select(Of)]);
    }

    /// <summary><c>DELETE links/{id}</c>.</summary>
    public async ValueTask<IResult> RemoveAsync(string id, AccountCall call, CancellationToken ct)
    {
        // Asked of everybody: whether the other side has a password is the pool's to know, and not to be learned here.
        await DemandAsync(call, ct);
        var links = await database.ReadAsync(stores => stores.Links.ListAsync(call.Account.Id, ct), ct);
        var link = links.FirstOrDefault(l => l.Id == id) ?? throw Problems.NotFound();
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
        var (id, digits) = (random.UuidText(), random.Digits(LinkRequest.CodeLength));
        var request = new LinkRequest
        {
            Id = id,
            Account = call.Account.Id,
            Application = application.Name,
            Email = email,
            PoolUsername = user?.Username,
            Sub = user?.Sub,
            Hash = LinkRequest.HashOf(sealer, id, call.Account.Id, digits),
            ExpiresAt = call.Now + LinkRequest.Lifetime,
        };
        var message = await messages.CodeAsync(call, application, request, user, digits, ct);
        var entry = audit.Entry(call, "link.requested", application.Name);
        var isAdmitted = await database.WriteAsync(
            async unit =>
            {
                // By who asks and by who would get the mail, whether anybody has the address or not.
                var asked = await unit.Attempts.CountAsync($"link/{call.Account.Id}", Window, call.Now, ct);
                var mailed = await unit.Attempts.CountAsync($"link/{application.Name}/{email}", Window, call.Now, ct);
                if (asked > MostRequests || mailed > MostRequests) return false;
                await unit.Links.RequestAsync(request, ct);
                await unit.Outbox.AddAsync(message, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        if (!isAdmitted) throw Problems.TooMany((int)Window.TotalSeconds);
        return Results.Json(new LinkRequestAnswer("OTP sent", id), AccountJson.Default.LinkRequestAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private async ValueTask<IResult> LinkAsync(AccountCall call, Application application, Core.Accounts.Account other, CancellationToken ct)
    {
        var fresh = random.UuidText();
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
        var links = await database.ReadAsync(stores => stores.Links.ListAsync(call.Account.Id, ct), ct);
        return links.FirstOrDefault(l => l.Id == id) is { } link ? Results.Json(Of(link), AccountJson.Default.LinkAnswer) : throw Problems.NotFound();
    }

    private LinkAnswer Of(AccountLink link) => new(
        link.Id,
        link.Other.Application,
        applications.Find(link.Other.Application)?.Title ?? link.Other.Application,
        link.Other.Username ?? (link.Other.Email is { } email ? Addresses.Mask(email) : null),
        link.CreatedAt);
}
