using Microsoft.Extensions.Logging;
using Poolhouse.AspNetCore.Caching;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>
/// Accepts tokens of one pool. What a signature covers is computed once for a token and kept by its hash; whether the pool still wants
/// it is asked again whenever the last answer is older than the application allows.
/// </summary>
internal sealed partial class TokenVerifier
{
    private readonly CognitoTokenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PoolKeys _keys;
    private readonly GenerationCache<VerifiedToken> _verified;
    private readonly Func<(ReadOnlyMemory<char> Token, string Username), Task<TokenState>> _ask;

    public TokenVerifier(CognitoTokenOptions options, TimeProvider time, ILogger logger)
    {
        var http = Backchannel.Create(options.BackchannelHttpHandler);
        (_options, _time, _logger) = (options, time, logger);
        _keys = new PoolKeys(options.KeySetAddress, http, options.BackchannelTimeout, time, logger);
        _ask = new UserPool(options.EndpointAddress, http, options.BackchannelTimeout, time, logger).AskAsync;
        _verified = new GenerationCache<VerifiedToken>(options.CacheSize);
    }

    /// <summary>The token as it was verified, or why it is not accepted. Throws nothing but cancellation.</summary>
    /// <param name="token">The part of the header that is the token: for one that is known no copy is made.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<(TokenClaims? Claims, TokenRefusal Refusal)> VerifyAsync(ReadOnlyMemory<char> token, CancellationToken ct)
    {
        if (token.Length > CompactToken.MaxLength || Fingerprint.Of(token.Span) is not { } id) return (null, TokenRefusal.Malformed);
        var verified = _verified.Find(id);
        if (verified is not null && !_keys.Has(verified.Key))
        {
            // A key that was taken away takes along what it signed.
            _verified.Remove(id);
            verified = null;
        }

        if (verified is null)
        {
            var (found, refusal) = await ReadAsync(token.ToString(), ct);
            if (found is null) return (null, refusal);
            verified = _verified.GetOrAdd(id, found);
        }

        if (_time.GetUtcNow() >= verified.Claims.ExpiresAt + _options.ClockSkew)
        {
            _verified.Remove(id);
            return (null, TokenRefusal.Expired);
        }

        var problem = _options.CheckRevocation ? await CheckAsync(verified, token, ct) : TokenRefusal.None;
        return problem == TokenRefusal.None ? (verified.Claims, problem) : (null, problem);
    }

    private async ValueTask<(VerifiedToken? Token, TokenRefusal Refusal)> ReadAsync(string token, CancellationToken ct)
    {
        if (CompactToken.TryParse(token) is not { } parsed) return (null, TokenRefusal.Malformed);
        var (key, isCertain) = await _keys.FindAsync(parsed.KeyId, ct);
        if (key is null) return (null, isCertain ? TokenRefusal.UnknownKey : TokenRefusal.PoolUnavailable);
        if (!key.Verify(parsed)) return (null, TokenRefusal.BadSignature);
        var (claims, refusal) = TokenClaims.Read(parsed.Payload, _options, _time.GetUtcNow());
        return claims is null ? (null, refusal) : (new VerifiedToken(key, claims, _time), TokenRefusal.None);
    }

    private async ValueTask<TokenRefusal> CheckAsync(VerifiedToken verified, ReadOnlyMemory<char> token, CancellationToken ct)
    {
        // Nobody signed in for it, and Cognito has no way to revoke it.
        if (verified.Claims.IsOfClientItself) return TokenRefusal.None;
        if (!verified.Claims.HasUserScope || verified.Claims.Username is not { } username)
        {
            if (_options.AcceptUncheckableTokens) return TokenRefusal.None;
            LogNotCheckable(_logger);
            return TokenRefusal.NotCheckable;
        }

        return await verified.State.GetAsync(_options.RevocationDelay, _ask, (token, username), ct) switch
        {
            TokenState.Live => TokenRefusal.None,
            TokenState.Revoked => TokenRefusal.Revoked,
            _ => TokenRefusal.PoolUnavailable,
        };
    }

    [LoggerMessage(EventIds.TokenNotCheckable, LogLevel.Information, "A token without the scope aws.cognito.signin.user.admin was refused: the pool does not say whether it is revoked. See CognitoTokenOptions.AcceptUncheckableTokens.")]
    private static partial void LogNotCheckable(ILogger logger);
}
