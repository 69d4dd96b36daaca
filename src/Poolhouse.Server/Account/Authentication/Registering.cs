using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>
/// <c>POST auth/register</c>: from an address to an account. Nobody learns here whether an address has an account: who registers with one that has is
/// answered alike, and its owner gets a mail that leads to it.
/// </summary>
internal sealed class Registering(IUserPools pools, AccountRecords accounts, IDatabase database, IEnumerable<IRegistrationPart> parts, PasswordChecks passwords)
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
        string? session;
        try
        {
            session = (await pool.SignUpAsync(Request(pool, body), (unit, user) => JoinAsync(unit, newcomer, user, ct), call.Origin, ct)).Session;
        }
        catch (CognitoException taken) when (taken.Type == "UsernameExistsException" && !application.RevealsExistingAccounts)
        {
            await TellOwnerAsync(pool, call, body.Email!, ct);
            session = pool.PretendSession();
        }

        return Results.Json(new MessageAnswer("OTP sent", session), AccountJson.Default.MessageAnswer);
    }

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
        errors.Absent("sponsor_code", body.SponsorCode);
        errors.Absent("referral_code", body.ReferralCode);
        errors.Absent("invite_token", body.InviteToken);
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
        var account = accounts.New(newcomer.Application, user, newcomer.Call.Now) with { Username = newcomer.Username?.Text, Locale = newcomer.Body.Locale };
        if (await unit.Accounts.CreateAsync(account, ct) != SaveAccountOutcome.Saved) throw Problems.Of("USERNAME_TAKEN");
        foreach (var part in parts) await part.JoinAsync(unit, newcomer, account, ct);
    }

    private static async ValueTask TellOwnerAsync(IUserPoolGateway pool, AccountCall call, string email, CancellationToken ct)
    {
        try
        {
            var resend = new ResendConfirmationCodeRequest { ClientId = pool.ClientId, Username = email };
            await pool.CallAsync("ResendConfirmationCode", resend, Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse, call.Origin, ct);
        }
        catch (CognitoException confirmed) when (confirmed.Type == "InvalidParameterException")
        {
            await OfferResetAsync(pool, call, email, ct);
        }
        catch (CognitoException refused) when (IsItsOwnersBusiness(refused))
        {
            // Its owner has had mail enough, or nowhere to get it.
        }
    }

    private static async ValueTask OfferResetAsync(IUserPoolGateway pool, AccountCall call, string email, CancellationToken ct)
    {
        try
        {
            var forgot = new ForgotPasswordRequest { ClientId = pool.ClientId, Username = email };
            await pool.CallAsync("ForgotPassword", forgot, Json.ForgotPasswordRequest, Json.ForgotPasswordResponse, call.Origin, ct);
        }
        catch (CognitoException refused) when (IsItsOwnersBusiness(refused))
        {
            // As above.
        }
    }

    private static bool IsItsOwnersBusiness(CognitoException refused) => Verifying.TellsOfAccount(refused) || refused.Type is "LimitExceededException" or "TooManyRequestsException";
}
