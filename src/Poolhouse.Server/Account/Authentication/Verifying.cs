using Poolhouse.Core.Accounts;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Remote;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>Codes: <c>POST auth/verify-otp</c> and <c>POST auth/request-otp</c>. An unknown address is told like a wrong code.</summary>
internal sealed class Verifying(IUserPools pools, SignInResults results, PasswordChecks passwords, CodeRequests requests, CodeTries tries, RemoteBeginnings remotes)
{
    private const string EmailVerification = "email_verification";
    private const string PasswordReset = "password_reset";
    private const int LongestText = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>Confirms the account, or sets a new password.</summary>
    public async ValueTask<IResult> VerifyAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.VerifyOtpBody, ct);
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        var pool = pools.Of(application);
        errors.Email("email", body.Email);
        errors.Text("code", body.Code, LongestText);
        errors.OneOf("purpose", body.Purpose, EmailVerification, PasswordReset);
        if (body.Purpose == PasswordReset) errors.Text("new_password", body.NewPassword, LongestText);
        errors.ThrowIfAny();
        if (body.Purpose == PasswordReset)
        {
            await passwords.DemandAsync(application, body.NewPassword!, body.Email, call.Language, ct);
            var reset = new ConfirmForgotPasswordRequest { ClientId = pool.ClientId, Username = body.Email, ConfirmationCode = body.Code, Password = body.NewPassword };
            await pool.CallAsync("ConfirmForgotPassword", reset, Json.ConfirmForgotPasswordRequest, Json.ConfirmForgotPasswordResponse, call.Origin, ct);
            if (application.Amazon is not null) await remotes.EndAllAsync(application, body.Email!, call.Now, ct);
            return Results.Json(new MessageAnswer("Password reset"), AccountJson.Default.MessageAnswer);
        }

        await tries.DemandAsync(application, body.Email!, call.Now, ct);
        if (await ConfirmAsync(pool, body, call, ct) is not { } session) return Results.Json(new MessageAnswer("Signup complete"), AccountJson.Default.MessageAnswer);
        var signIn = new InitiateAuthRequest
        {
            ClientId = pool.ClientId,
            AuthFlow = "USER_AUTH",
            Session = session,
            AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERNAME"] = body.Email! },
        };
        var answer = await pool.CallAsync("InitiateAuth", signIn, Json.InitiateAuthRequest, Json.InitiateAuthResponse, call.Origin, ct);
        var result = SignInResults.Of(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult);
        return await results.WriteAsync(call, result with { Message = "Signup complete" }, ct);
    }

    /// <summary>Has a code or link sent, if there is somebody to send it to; the answer is the same if not.</summary>
    public async ValueTask<IResult> RequestCodeAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.RequestOtpBody, ct);
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Email("email", body.Email);
        errors.OneOf("purpose", body.Purpose, EmailVerification, PasswordReset);
        errors.ThrowIfAny();
        var purpose = body.Purpose == PasswordReset ? CodeRequestPurpose.PasswordReset : CodeRequestPurpose.Confirmation;
        await requests.DemandAsync(call, application, body.Email!, purpose, ct);
        return Results.Json(new MessageAnswer("OTP sent"), AccountJson.Default.MessageAnswer);
    }

    // The session that leads on to a sign-in: only for who registered just before. A session that isn't one confirms without signing in.
    private async ValueTask<string?> ConfirmAsync(IUserPoolGateway pool, VerifyOtpBody body, AccountCall call, CancellationToken ct)
    {
        var request = new ConfirmSignUpRequest { ClientId = pool.ClientId, Username = body.Email, ConfirmationCode = body.Code, Session = body.Session };
        try
        {
            var confirmed = await pool.CallAsync("ConfirmSignUp", request, Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse, call.Origin, ct);
            return body.Session is null ? null : confirmed.Session;
        }
        catch (CognitoException invalid) when (body.Session is not null && IsOfSession(invalid))
        {
            await ConfirmAsync(pool, body with { Session = null }, call, ct);
            return null;
        }
        catch (CognitoException confirmed) when (confirmed.Type == "NotAuthorizedException")
        {
            // Already confirmed: told like any code that isn't the one.
            await tries.PretendAsync(call.Now, ct);
            throw Problems.Of("CODE_MISMATCH");
        }
    }

    private static bool IsOfSession(CognitoException refused) => refused.PublicMessage?.StartsWith("Invalid session", StringComparison.Ordinal) == true
        || refused is { Type: "InvalidParameterException" };
}
