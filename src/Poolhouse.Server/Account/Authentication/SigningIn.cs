using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Sessions;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>In, on and out: login, challenges, refresh, logout, and a new password for who knows the old one.</summary>
internal sealed class SigningIn(
    IUserPools pools, IDatabase database, SessionCallers sessions, SignInResults results, PasswordChecks passwords, ProtectionOfActions protection)
{
    private const int LongestText = 2048;
    private const int LongestPassword = 256;
    private const int LongestRefreshToken = 131_072;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary><c>POST auth/login</c>.</summary>
    public async ValueTask<IResult> LoginAsync(AccountCall call, CancellationToken ct) =>
        await results.WriteAsync(call, await StartAsync(call, await call.ReadAsync(AccountJson.Default.LoginBody, ct), ct), ct);

    /// <summary>Begins a sign-in.</summary>
    public async ValueTask<SignInAnswer> StartAsync(AccountCall call, LoginBody body, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Text(body.Email is null && body.Username is not null ? "username" : "email", body.Email ?? body.Username, 254);
        errors.Text("password", body.Password, LongestPassword);
        errors.ThrowIfAny();
        var pool = pools.Of(application);
        var request = new InitiateAuthRequest
        {
            ClientId = pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["USERNAME"] = body.Email ?? await PoolNameAsync(application, body.Username!, ct),
                ["PASSWORD"] = body.Password!,
            },
        };
        var answer = await pool.CallAsync("InitiateAuth", request, Json.InitiateAuthRequest, Json.InitiateAuthResponse, call.Origin, ct);
        return SignInResults.Of(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult);
    }

    /// <summary><c>POST auth/challenge</c>.</summary>
    public async ValueTask<IResult> AnswerAsync(AccountCall call, CancellationToken ct) =>
        await results.WriteAsync(call, await ContinueAsync(call, await call.ReadAsync(AccountJson.Default.ChallengeBody, ct), ct), ct);

    /// <summary>Answers a challenge of a sign-in.</summary>
    public async ValueTask<SignInAnswer> ContinueAsync(AccountCall call, ChallengeBody body, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Text("challenge", body.Challenge, 64);
        errors.Text("session", body.Session, LongestText);
        if (body.Responses is not { Count: > 0 }) errors.Missing("responses");
        errors.ThrowIfAny();
        var responses = new Dictionary<string, string>(body.Responses!, StringComparer.Ordinal);
        if (body.Email is { Length: > 0 } email) responses.TryAdd("USERNAME", email);
        else if (body.Username is { Length: > 0 } username) responses.TryAdd("USERNAME", await PoolNameAsync(application, username, ct));
        var pool = pools.Of(application);
        var request = new RespondToAuthChallengeRequest { ClientId = pool.ClientId, ChallengeName = body.Challenge, Session = body.Session, ChallengeResponses = responses };
        var answer = await pool.CallAsync("RespondToAuthChallenge", request, Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse, call.Origin, ct);
        return SignInResults.Of(answer.ChallengeName, answer.Session, answer.ChallengeParameters, answer.AvailableChallenges, answer.AuthenticationResult);
    }

    /// <summary><c>POST auth/refresh</c>.</summary>
    public async ValueTask<IResult> RefreshAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.RefreshBody, ct);
        var errors = new FieldErrors();
        var pool = pools.Of(call.ApplicationNamed(body.Application, errors));
        errors.Text("refresh_token", body.RefreshToken, LongestRefreshToken);
        errors.ThrowIfAny();
        var request = new GetTokensFromRefreshTokenRequest { ClientId = pool.ClientId, RefreshToken = body.RefreshToken };
        var answer = await pool.CallAsync(
            "GetTokensFromRefreshToken", request, Json.GetTokensFromRefreshTokenRequest, Json.GetTokensFromRefreshTokenResponse, call.Origin, ct);
        return await results.WriteAsync(call, SignInResults.Of(null, null, null, null, answer.AuthenticationResult), ct);
    }

    /// <summary><c>POST auth/logout</c>.</summary>
    public async ValueTask<IResult> LogoutAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.LogoutBody, ct, mayBeEmpty: true);
        var errors = new FieldErrors();
        errors.OptionalText("refresh_token", body.RefreshToken, LongestRefreshToken);
        errors.ThrowIfAny();
        var pool = pools.Of(call.Application);
        var token = call.SignedIn.AccessToken;
        if (body.Everywhere == true)
            await pool.CallAsync("GlobalSignOut", new GlobalSignOutRequest { AccessToken = token }, Json.GlobalSignOutRequest, Json.GlobalSignOutResponse, call.Origin, ct);
        else
            await pool.SignOutAsync(token, body.RefreshToken, ct);
        if (SessionCookie.Read(call.Http.Request) is not null) SessionCookie.Clear(call.Http.Response);
        return Results.Json(new MessageAnswer("Logged out"), AccountJson.Default.MessageAnswer);
    }

    /// <summary><c>POST auth/change-password</c>.</summary>
    public async ValueTask<IResult> ChangePasswordAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.ChangePasswordBody, ct);
        var errors = new FieldErrors();
        errors.Text("previous_password", body.PreviousPassword, LongestPassword);
        errors.Text("new_password", body.NewPassword, LongestPassword);
        errors.ThrowIfAny();
        await protection.DemandAsync(call, SensitiveAction.ChangePassword, ct);
        await passwords.DemandAsync(call.Application, body.NewPassword!, call.Account.Email, call.Language, ct);
        var request = new ChangePasswordRequest { AccessToken = call.SignedIn.AccessToken, PreviousPassword = body.PreviousPassword, ProposedPassword = body.NewPassword };
        await pools.Of(call.Application).CallAsync("ChangePassword", request, Json.ChangePasswordRequest, Json.ChangePasswordResponse, call.Origin, ct);
        await sessions.RenewAsync(call, ct);
        return Results.Json(new MessageAnswer("Password changed"), AccountJson.Default.MessageAnswer);
    }

    // An application's username is no name at the pool; who isn't known here may be there, and is told like any stranger if not.
    private async ValueTask<string> PoolNameAsync(Application application, string username, CancellationToken ct)
    {
        if (AccountUsername.TryRead(username) is not { } name) return username;
        var account = await database.ReadAsync(stores => stores.Accounts.FindByUsernameAsync(application.Name, name.Key, ct), ct);
        return account?.PoolUsername ?? username;
    }
}
