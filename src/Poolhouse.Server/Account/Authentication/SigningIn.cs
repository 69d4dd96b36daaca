using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>In, on and out: login, challenges, refresh, logout, and a new password for who knows the old one.</summary>
internal sealed class SigningIn(IUserPoolGateway pool)
{
    private const int LongestText = 2048;
    private const int LongestPassword = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary><c>POST auth/login</c>.</summary>
    public async ValueTask<IResult> LoginAsync(HttpContext http, LoginBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text(body.Email is null && body.Username is not null ? "username" : "email", body.Email ?? body.Username, 254);
        errors.Text("password", body.Password, LongestPassword);
        errors.Absent("application", body.Application);
        if (errors.Any) return Problems.Invalid(http, errors);
        var request = new InitiateAuthRequest
        {
            ClientId = pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERNAME"] = (body.Email ?? body.Username)!, ["PASSWORD"] = body.Password! },
        };
        var answer = await pool.CallAsync("InitiateAuth", request, Json.InitiateAuthRequest, Json.InitiateAuthResponse, origin, ct);
        return Written(Answer(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult));
    }

    /// <summary><c>POST auth/challenge</c>.</summary>
    public async ValueTask<IResult> AnswerAsync(HttpContext http, ChallengeBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("challenge", body.Challenge, 64);
        errors.Text("session", body.Session, LongestText);
        if (body.Responses is not { Count: > 0 }) errors.Missing("responses");
        if (errors.Any) return Problems.Invalid(http, errors);
        var responses = new Dictionary<string, string>(body.Responses!, StringComparer.Ordinal);
        if ((body.Email ?? body.Username) is { Length: > 0 } name) responses.TryAdd("USERNAME", name);
        var request = new RespondToAuthChallengeRequest { ClientId = pool.ClientId, ChallengeName = body.Challenge, Session = body.Session, ChallengeResponses = responses };
        var answer = await pool.CallAsync("RespondToAuthChallenge", request, Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse, origin, ct);
        return Written(Answer(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult));
    }

    /// <summary><c>POST auth/refresh</c>.</summary>
    public async ValueTask<IResult> RefreshAsync(HttpContext http, RefreshBody body, Origin origin, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("refresh_token", body.RefreshToken, 131_072);
        if (errors.Any) return Problems.Invalid(http, errors);
        var request = new GetTokensFromRefreshTokenRequest { ClientId = pool.ClientId, RefreshToken = body.RefreshToken };
        var answer = await pool.CallAsync(
            "GetTokensFromRefreshToken", request, Json.GetTokensFromRefreshTokenRequest, Json.GetTokensFromRefreshTokenResponse, origin, ct);
        return Written(Answer(null, null, null, null, answer.AuthenticationResult));
    }

    /// <summary><c>POST auth/logout</c>.</summary>
    public async ValueTask<IResult> LogoutAsync(HttpContext http, LogoutBody body, Origin origin, CancellationToken ct)
    {
        if (Bearer.Of(http) is not { } token) return Problems.TokenInvalid(http);
        if (body.Everywhere == true)
            await pool.CallAsync("GlobalSignOut", new GlobalSignOutRequest { AccessToken = token }, Json.GlobalSignOutRequest, Json.GlobalSignOutResponse, origin, ct);
        else
            await pool.SignOutAsync(token, ct);
        return Results.Json(new MessageAnswer("Logged out"), AccountJson.Default.MessageAnswer);
    }

    /// <summary><c>POST auth/change-password</c>.</summary>
    public async ValueTask<IResult> ChangePasswordAsync(HttpContext http, ChangePasswordBody body, Origin origin, CancellationToken ct)
    {
        if (Bearer.Of(http) is not { } token) return Problems.TokenInvalid(http);
        var errors = new FieldErrors();
        errors.Text("previous_password", body.PreviousPassword, LongestPassword);
        errors.Text("new_password", body.NewPassword, LongestPassword);
        if (errors.Any) return Problems.Invalid(http, errors);
        var request = new ChangePasswordRequest { AccessToken = token, PreviousPassword = body.PreviousPassword, ProposedPassword = body.NewPassword };
        await pool.CallAsync("ChangePassword", request, Json.ChangePasswordRequest, Json.ChangePasswordResponse, origin, ct);
        return Results.Json(new MessageAnswer("Password changed"), AccountJson.Default.MessageAnswer);
    }

    /// <summary>What a step of a sign-in came to.</summary>
    public static SignInAnswer Answer(
        string? challenge,
        string? session,
        IReadOnlyDictionary<string, string>? parameters,
        IReadOnlyList<string>? available,
        AuthenticationResultType? tokens) => tokens is null
        ? new SignInAnswer { Challenge = challenge, Session = session, Parameters = parameters, AvailableChallenges = available }
        : new SignInAnswer
        {
            AccessToken = tokens.AccessToken,
            RefreshToken = tokens.RefreshToken,
            IdToken = tokens.IdToken,
            TokenType = tokens.TokenType ?? "Bearer",
            ExpiresIn = tokens.ExpiresIn,
        };

    private static IResult Written(SignInAnswer answer) => Results.Json(answer, AccountJson.Default.SignInAnswer);
}
