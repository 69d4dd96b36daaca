using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Oidc.Providers;

/// <summary>Believes ID tokens of a provider that were fetched for a sign-in of our own: OpenID Connect Core 1.0 §3.1.3.7, all of it but RS256 alone.</summary>
internal sealed class ProviderTokens(IOpenIdKeys keys, WallClock clock)
{
    // Clocks of two machines differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>The person and the claims.</summary>
    /// <exception cref="OAuthException">The token is not the provider's, not for us, not of this sign-in, or too old.</exception>
    public async ValueTask<(string Subject, IReadOnlyDictionary<string, string> Claims)> VerifyAsync(
        ProviderDetails provider, ProviderEndpoints endpoints, string? token, string nonce, CancellationToken ct)
    {
        if (provider.Issuer is not { } issuer || !Jwt.TryParse(token, out var parts) || IdTokenClaims.TryRead(parts) is not { } claims) throw Bad(provider, "unreadable ID token");
        // Google's tokens may leave the scheme out (OpenID Connect Core 1.0 §15.6.2).
        if (claims.Issuer != issuer && !(provider.Type == "Google" && "https://" + claims.Issuer == issuer)) throw Bad(provider, "ID token of another issuer");
        if (!claims.Audiences.Contains(provider.ClientId)) throw Bad(provider, "ID token for another client");
        if ((claims.Audiences.Count > 1 || claims.Text("azp") is not null) && claims.Text("azp") != provider.ClientId) throw Bad(provider, "ID token for another client");
        if (DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt) + Skew <= clock.Now) throw Bad(provider, "ID token expired");
        if (!IsSame(claims.Text("nonce"), nonce)) throw Bad(provider, "ID token of another sign-in");
        var (key, isReached) = await keys.FindAsync(issuer, parts.KeyId, ct, endpoints.Keys);
        if (!isReached) throw OAuthException.InvalidRequest("Timeout occurred in calling IdP jwks endpoint");
        if (key is null || !key.Verify(parts.Signed.Span, parts.Signature.Span)) throw Bad(provider, "ID token with a bad signature");
        try
        {
            return (claims.Subject, ProviderAnswer.Texts(claims.All));
        }
        catch (InvalidOperationException)
        {
            throw Bad(provider, "unreadable ID token");
        }
    }

    private static bool IsSame(string? given, string wanted) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));

    private static OAuthException Bad(ProviderDetails provider, string what) => OAuthException.InvalidRequest($"{provider.Name} Error - {what}");
}
