using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>Authenticates a request by its bearer token (RFC 6750 §2.1).</summary>
internal sealed class CognitoTokenHandler(IOptionsMonitor<CognitoTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CognitoTokenOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var headers = Request.Headers.Authorization;
        if (headers.Count == 0) return AuthenticateResult.NoResult();

        // Two of them: which one somebody else looked at can't be known.
        if (headers.Count > 1) return AuthenticateResult.Fail(new TokenRefusedException(TokenRefusal.Malformed));
        var header = headers[0] ?? "";
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || (header.Length > Prefix.Length && header[Prefix.Length] != ' '))
            return AuthenticateResult.NoResult();

        var (claims, refusal) = await Options.Verifier!.VerifyAsync(header.AsMemory(Prefix.Length).Trim(' '), Context.RequestAborted);
        return claims is null ? AuthenticateResult.Fail(new TokenRefusedException(refusal)) : AuthenticateResult.Success(Ticket(claims));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        var refusal = (result.Failure as TokenRefusedException)?.Refusal;
        if (refusal == TokenRefusal.PoolUnavailable)
        {
            ChallengeAnswer.Unavailable(Response);
            return;
        }

        // RFC 6750 §3.1: without any token there is no error to tell.
        ChallengeAnswer.Unauthorized(Response);
        Tell(refusal is { } reason ? $", error=\"invalid_token\", error_description=\"{reason.Describe()}\"" : "");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        var missing = Context.Features.Get<MissingScope>();
        Tell(", error=\"insufficient_scope\"" + (missing is null ? "" : $", scope=\"{missing.Scopes}\""));
        return Task.CompletedTask;
    }

    // A principal of its own for each request: applications add to it.
    private AuthenticationTicket Ticket(TokenClaims claims)
    {
        var nameType = Options.TokenUse == CognitoTokenUse.Access ? "username" : "cognito:username";
        var identity = new ClaimsIdentity(claims.Claims, Scheme.Name, nameType, "cognito:groups");
        var properties = new AuthenticationProperties { ExpiresUtc = claims.ExpiresAt };
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private void Tell(string error) => Response.Headers.Append(HeaderNames.WWWAuthenticate, $"Bearer realm=\"{Options.Realm}\"{error}");
}

/// <summary>Why a token was not accepted, as authentication's result carries it. Its text has nothing of the token.</summary>
internal sealed class TokenRefusedException(TokenRefusal refusal) : AuthenticationFailureException(refusal.Describe())
{
    /// <summary>Why.</summary>
    public TokenRefusal Refusal => refusal;
}
