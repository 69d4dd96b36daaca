using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Poolhouse.AspNetCore.Sessions;

/// <summary>Authenticates a request by Poolhouse's session cookie. Cookies are given and taken away by Poolhouse alone.</summary>
internal sealed class PoolhouseSessionHandler(IOptionsMonitor<PoolhouseSessionOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<PoolhouseSessionOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Cookies.TryGetValue(PoolhouseSessionDefaults.CookieName, out var cookie)) return AuthenticateResult.NoResult();
        if (!RequestOrigin.IsAllowed(Request, Options.AllowedOrigins)) return Fail(SessionRefusal.ForeignOrigin);
        return await Options.Reader!.ReadAsync(cookie, Request.Headers.UserAgent, Context.RequestAborted) switch
        {
            SessionAnswer.Live live => AuthenticateResult.Success(Ticket(live)),
            SessionAnswer.Unavailable => Fail(SessionRefusal.Unavailable),
            _ => Fail(SessionRefusal.Invalid),
        };
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        switch ((result.Failure as SessionRefusedException)?.Refusal)
        {
            case SessionRefusal.Unavailable:
                ChallengeAnswer.Unavailable(Response);
                break;
            case SessionRefusal.ForeignOrigin:
                ChallengeAnswer.Forbidden(Response);
                break;
            default:
                ChallengeAnswer.Unauthorized(Response);
                break;
        }
    }

    // A principal of its own for each request: applications add to it.
    private AuthenticationTicket Ticket(SessionAnswer.Live session)
    {
        var identity = new ClaimsIdentity(session.Claims, Scheme.Name, session.NameType, "cognito:groups");
        var properties = new AuthenticationProperties { IssuedUtc = session.IssuedAt, ExpiresUtc = session.ExpiresAt };
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private static AuthenticateResult Fail(SessionRefusal refusal) => AuthenticateResult.Fail(new SessionRefusedException(refusal));
}

/// <summary>Why a session is not accepted.</summary>
internal enum SessionRefusal
{
    /// <summary>There is no such session.</summary>
    Invalid,

    /// <summary>Another site's page made the browser send the request.</summary>
    ForeignOrigin,

    /// <summary>Nothing can be said: Poolhouse, or its session store, doesn't answer.</summary>
    Unavailable,
}

/// <summary>Why a session was not accepted, as authentication's result carries it.</summary>
internal sealed class SessionRefusedException(SessionRefusal refusal) : AuthenticationFailureException(Describe(refusal))
{
    /// <summary>Why.</summary>
    public SessionRefusal Refusal => refusal;

    private static string Describe(SessionRefusal refusal) => refusal switch
    {
        SessionRefusal.ForeignOrigin => "Another site's page sent the request.",
        SessionRefusal.Unavailable => "The session cannot be read at this time.",
        _ => "The session is not valid.",
    };
}
