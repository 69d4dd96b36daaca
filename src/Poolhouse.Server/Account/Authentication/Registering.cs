using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>
/// From an address to an account: register, verify, ask for another code. Nobody learns here whether an address has an account: who
/// registers with one that has is answered alike, and its owner gets a mail that leads to it.
/// </summary>
internal sealed class Registering(IUserPoolGateway pool)
{
    private const string EmailVerification = "email_verification";
    private const string PasswordReset = "password_reset";
    private const int LongestName = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary><c>POST auth/register</c>.</summary>
    public async ValueTask<IResult> RegisterAsync(HttpContext http, RegisterBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", body.Email);
        errors.Text("password", body.Password, LongestName);
        errors.Text("first_name", body.FirstName, LongestName);
        errors.Text("last_name", body.LastName, LongestName);
        errors.Absent("username", body.Username);
        errors.Absent("application", body.Application);
        errors.Absent("sponsor_code", body.SponsorCode);
        errors.Absent("referral_code", body.ReferralCode);
        errors.Absent("invite_token", body.InviteToken);
        if (errors.Any) return Problems.Invalid(http, errors);
        if (body.AcceptTerms != true) return Problems.TermsNotAccepted(http);
        var attributes = new List<AttributeType>
        {
            new() { Name = "email", Value = body.Email },
            new() { Name = "given_name", Value = body.FirstName },
            new() { Name = "family_name", Value = body.LastName },
        };
        if (body.PhoneNumber is { Length: > 0 } phone) attributes.Add(new AttributeType { Name = "phone_number", Value = phone });
        if (body.Locale is { Length: > 0 } locale) attributes.Add(new AttributeType { Name = "locale", Value = locale });
        var request = new SignUpRequest { ClientId = pool.ClientId, Username = body.Email, Password = body.Password, UserAttributes = attributes };
        string? session;
        try
        {
            session = (await pool.CallAsync("SignUp", request, Json.SignUpRequest, Json.SignUpResponse, origin, ct)).Session;
        }
        catch (CognitoException taken) when (taken.Type == "UsernameExistsException")
        {
            await TellOwnerAsync(body.Email!, origin, ct);
            session = pool.PretendSession();
        }

        return Results.Json(new MessageAnswer("OTP sent", session), AccountJson.Default.MessageAnswer);
    }

    /// <summary><c>POST auth/verify-otp</c>.</summary>
    public async ValueTask<IResult> VerifyAsync(HttpContext http, VerifyOtpBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", body.Email);
        errors.Text("code", body.Code, LongestName);
        errors.OneOf("purpose", body.Purpose, EmailVerification, PasswordReset);
        if (body.Purpose == PasswordReset) errors.Text("new_password", body.NewPassword, LongestName);
        if (errors.Any) return Problems.Invalid(http, errors);
        if (body.Purpose == PasswordReset)
        {
            var reset = new ConfirmForgotPasswordRequest { ClientId = pool.ClientId, Username = body.Email, ConfirmationCode = body.Code, Password = body.NewPassword };
            await pool.CallAsync("ConfirmForgotPassword", reset, Json.ConfirmForgotPasswordRequest, Json.ConfirmForgotPasswordResponse, origin, ct);
            return Results.Json(new MessageAnswer("Password reset"), AccountJson.Default.MessageAnswer);
        }

        var session = await ConfirmAsync(body, origin, ct);
        if (session is null) return Results.Json(new MessageAnswer("Signup complete"), AccountJson.Default.MessageAnswer);
        var signIn = new InitiateAuthRequest
        {
            ClientId = pool.ClientId,
            AuthFlow = "USER_AUTH",
            Session = session,
            AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERNAME"] = body.Email! },
        };
        var answer = await pool.CallAsync("InitiateAuth", signIn, Json.InitiateAuthRequest, Json.InitiateAuthResponse, origin, ct);
        var result = SigningIn.Answer(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult);
        return Results.Json(result with { Message = "Signup complete" }, AccountJson.Default.SignInAnswer);
    }

    /// <summary><c>POST auth/request-otp</c>.</summary>
    public async ValueTask<IResult> RequestCodeAsync(HttpContext http, RequestOtpBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", body.Email);
        errors.OneOf("purpose", body.Purpose, EmailVerification, PasswordReset);
        if (errors.Any) return Problems.Invalid(http, errors);
        try
        {
            if (body.Purpose == PasswordReset) await ForgetAsync(body.Email!, origin, ct);
            else await ResendAsync(body.Email!, origin, ct);
        }
        catch (CognitoException told) when (TellsOfAccount(told))
        {
            // An account that is confirmed already, or has nowhere to send to, is nobody's business.
        }

        return Results.Json(new MessageAnswer("OTP sent"), AccountJson.Default.MessageAnswer);
    }

    // The session that leads on to a sign-in: only for who registered just before. A session that isn't one confirms without signing in.
    private async ValueTask<string?> ConfirmAsync(VerifyOtpBody body, Origin origin, CancellationToken ct)
    {
        var request = new ConfirmSignUpRequest { ClientId = pool.ClientId, Username = body.Email, ConfirmationCode = body.Code, Session = body.Session };
        try
        {
            var confirmed = await pool.CallAsync("ConfirmSignUp", request, Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse, origin, ct);
            return body.Session is null ? null : confirmed.Session;
        }
        catch (CognitoException invalid) when (body.Session is not null && IsOfSession(invalid))
        {
            await ConfirmAsync(body with { Session = null }, origin, ct);
            return null;
        }
        catch (CognitoException confirmed) when (confirmed.Type == "NotAuthorizedException")
        {
            // Already confirmed: told like any code that isn't the one.
            throw CognitoException.CodeMismatch("Invalid verification code provided, please try again.");
        }
    }

    private static bool IsOfSession(CognitoException refused) => refused.PublicMessage?.StartsWith("Invalid session", StringComparison.Ordinal) == true
        || refused is { Type: "InvalidParameterException" };

    private async ValueTask TellOwnerAsync(string email, Origin origin, CancellationToken ct)
    {
        try
        {
            try
            {
                await ResendAsync(email, origin, ct);
            }
            catch (CognitoException confirmed) when (confirmed.Type == "InvalidParameterException")
            {
                await ForgetAsync(email, origin, ct);
            }
        }
        catch (CognitoException refused) when (TellsOfAccount(refused) || refused.Type is "LimitExceededException" or "TooManyRequestsException")
        {
            // Its owner has had mail enough.
        }
    }

    private async ValueTask ResendAsync(string email, Origin origin, CancellationToken ct) => await pool.CallAsync(
        "ResendConfirmationCode",
        new ResendConfirmationCodeRequest { ClientId = pool.ClientId, Username = email },
        Json.ResendConfirmationCodeRequest,
        Json.ResendConfirmationCodeResponse,
        origin,
        ct);

    private async ValueTask ForgetAsync(string email, Origin origin, CancellationToken ct) => await pool.CallAsync(
        "ForgotPassword",
        new ForgotPasswordRequest { ClientId = pool.ClientId, Username = email },
        Json.ForgotPasswordRequest,
        Json.ForgotPasswordResponse,
        origin,
        ct);

    private static bool TellsOfAccount(CognitoException refused) =>
        refused.Type is "InvalidParameterException" or "UserNotFoundException" or "NotAuthorizedException" or "UserNotConfirmedException";
}
