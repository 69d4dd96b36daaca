using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Remote;

namespace Poolhouse.Server.Account.Sessions;

/// <summary><c>POST session</c>: the sign-in of the pool, with a cookie for the browser in the place of tokens.</summary>
internal sealed class SigningInByCookie(
    AccountSessions sessions, SessionCallers sessionCallers, Callers callers, SigningIn signingIn, AccessTokens accessTokens, RemoteBeginnings remotes, Audit audit)
{
    /// <summary>The session that there is already; or a new one; or what else is asked.</summary>
    public async ValueTask<IResult> BeginAsync(AccountCall call, CancellationToken ct)
    {
        // Also without a cookie: nobody is signed in by another site to an account of its choice.
        sessionCallers.DemandOrigin(call);
        var body = await call.ReadAsync(AccountJson.Default.SessionBody, ct, mayBeEmpty: true);
        var present = SessionCookie.Read(call.Http.Request) is { } cookie ? await sessionCallers.FindAsync(call, cookie, ct) : null;
        var bearer = call.Http.Request.Headers.Authorization.Count == 0 ? null
            : Bearer.Of(call.Http) is { } given ? await callers.OfTokenAsync(given, call.Now, ct) : throw Problems.TokenInvalid();
        if (present is not null)
        {
            if (bearer is not null && bearer.Account.Id != present.Account.Id) throw Problems.Forbidden();
            return Answer(present.Session!, present);
        }

        // A sign-in costs the person a code or a guess; it isn't begun where nothing could come of it.
        await sessions.DemandStoreAsync(call.Now, ct);
        var token = bearer?.AccessToken;
        string? refreshToken = null;
        if (token is null)
        {
            var step = body.Challenge is null
                ? await signingIn.StartAsync(call, new LoginBody(body.Email, body.Username, body.Password, body.Application), ct)
                : await signingIn.ContinueAsync(
                    call, new ChallengeBody(body.Challenge, body.Session, body.Responses, body.Email, body.Username, body.Application), ct);
            if (step.AccessToken is null) return Results.Json(step, AccountJson.Default.SignInAnswer);
            (token, refreshToken) = (step.AccessToken, step.RefreshToken);
        }

        return await BeginAsync(call, token, refreshToken, body.Remember ?? true, ct);
    }

    private async ValueTask<IResult> BeginAsync(AccountCall call, string token, string? refreshToken, bool remember, CancellationToken ct)
    {
        var signedIn = await callers.OfTokenAsync(token, call.Now, ct);
        var begun = signedIn.Application.Amazon is null
            ? await BeginHereAsync(call, signedIn, token, remember, ct)
            : await remotes.BeginAsync(call, signedIn, token, refreshToken, remember, ct);
        call.Become(signedIn with { Session = begun.Session });
        await audit.RecordAsync(call, "session.created", ct, begun.Session.Key.Value);
        SessionCookie.Write(call.Http.Response, begun.Cookie);
        return Answer(begun.Session, call.SignedIn);
    }

    private async ValueTask<NewSession> BeginHereAsync(AccountCall call, SignedIn signedIn, string token, bool remember, CancellationToken ct)
    {
        var (caller, problem) = await accessTokens.FindCallerAsync(token, call.Now, ct);
        if (caller is null) throw PoolProblems.Of(problem);
        return await sessions.BeginAsync(signedIn.Account.Id, caller, call.Origin, remember, call.Now, ct);
    }

    private static IResult Answer(AccountSession session, SignedIn caller) => Results.Json(SessionAnswer.Of(session, caller), AccountJson.Default.SessionAnswer);
}
