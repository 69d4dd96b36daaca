using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>
/// <c>POST auth/register</c>: from an address to an account. Nobody learns here whether an address has an account: who registers with one that has is
/// answered alike, and its owner gets a mail that leads to it.
/// </summary>
internal sealed class Registering(
    IUserPools pools, AccountRecords accounts, IDatabase database, IEnumerable<IRegistrationPart> parts, PasswordChecks passwords, CodeRequests requests)
{
    private const int LongestName = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>Makes an unconfirmed user at the pool with its account here, or neither.</summary>
    public async ValueTask<IResult> RegisterAsync(AccountCall call, CancellationToken ct)
    {
        var newcomer = await ReadAsync(call, ct);
        var (application, body) = (newcomer.Application, newcomer.Body);
        if (newcomer.Username is { } name && await database.ReadAsync(stores => stores.Accounts.FindByUsernameAsync(application.Name, name.Key, ct), ct) is not null)
            throw Problems.Of("USERNAME_TAKEN");
        var pool = pools.Of(application);
        var proof = newcomer.Invite is not null ? AddressProof.Given : application.ConfirmBy == ConfirmationWay.Link ? AddressProof.Link : AddressProof.Code;
        string? session;
        try
        {
            session = (await pool.SignUpAsync(Request(pool, body), proof, (unit, user) => JoinAsync(unit, newcomer, user, ct), call.Origin, ct)).Session;
        }
        catch (CognitoException taken) when (taken.Type == "UsernameExistsException" && !application.RevealsExistingAccounts)
        {
            if (newcomer.Invite is { } invite && !await IsPendingAsync(invite, call, ct)) throw Problems.InviteInvalid(application);
            await requests.AddAsync(call, application, body.Email!, CodeRequestPurpose.KnownAddress, ct);
            session = await pool.PretendSessionAsync(ct);
        }

        // A proven address waits for nothing, and a link leads on by itself; both are told alike for a known address.
        return Results.Json(
            proof switch
            {
                AddressProof.Given => new MessageAnswer("Signup complete"),
                AddressProof.Link => new MessageAnswer("Confirmation link sent"),
                _ => new MessageAnswer("OTP sent", session),
            },
            AccountJson.Default.MessageAnswer);
    }

    // Of many who register with one invitation at once, who comes late hears that it is used, not that the address is known.
    private async ValueTask<bool> IsPendingAsync(Invite invite, AccountCall call, CancellationToken ct) =>
        (await database.ReadAsync(stores => stores.Invites.FindAsync(invite.Id, ct), ct))?.StateAt(call.Now) == InviteState.Pending;

    private async ValueTask<Newcomer> ReadAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.RegisterBody, ct);
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Email("email", body.Email);
        errors.Text("password", body.Password, LongestName);
        errors.Text("first_name", body.FirstName, LongestName);
        errors.Text("last_name", body.LastName, LongestName);
        errors.OptionalText("phone_number", body.PhoneNumber, LongestName);
        errors.OptionalText("locale", body.Locale, LongestName);
        var username = ReadUsername(application, body.Username, errors);
        var newcomer = new Newcomer(call, application, body, username);
        foreach (var part in parts) await part.CheckAsync(newcomer, errors, ct);
        errors.ThrowIfAny();
        if (body.AcceptTerms != true) throw Problems.Of("TERMS_NOT_ACCEPTED");
        await passwords.DemandAsync(application, body.Password!, body.Email, call.Language, ct);
        return newcomer;
    }

    private static AccountUsername? ReadUsername(Application application, string? text, FieldErrors errors)
    {
        if (application.Username == FieldUse.None) errors.Absent("username", text);
        else if (text is null && application.Username == FieldUse.Required) errors.Missing("username");
        if (text is null) return null;
        var username = AccountUsername.TryRead(text);
        if (username is null) errors.Add("username", "USERNAME");
        return username;
    }

    private static SignUpRequest Request(IUserPoolGateway pool, RegisterBody body)
    {
        var attributes = new List<AttributeType>
        {
            new() { Name = "email", Value = body.Email },
            new() { Name = "given_name", Value = body.FirstName },
            new() { Name = "family_name", Value = body.LastName },
        };
        if (body.PhoneNumber is { Length: > 0 } phone) attributes.Add(new AttributeType { Name = "phone_number", Value = phone });
        if (body.Locale is { Length: > 0 } locale) attributes.Add(new AttributeType { Name = "locale", Value = locale });
        return new SignUpRequest { ClientId = pool.ClientId, Username = body.Email, Password = body.Password, UserAttributes = attributes };
    }

    private async ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, SeenUser user, CancellationToken ct)
    {
        var account = accounts.New(newcomer.Application, user, newcomer.Call.Now) with { Username = newcomer.Username?.Text, Locale = newcomer.Body.Locale ?? newcomer.Call.RequestedLanguage };
        if (await unit.Accounts.CreateAsync(account, ct) != SaveAccountOutcome.Saved) throw Problems.Of("USERNAME_TAKEN");
        foreach (var part in parts) await part.JoinAsync(unit, newcomer, account, ct);
    }
}
