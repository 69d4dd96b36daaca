using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>
/// Believes ID tokens of OpenID Connect providers elsewhere: public ones that sign their tokens, and those that the operator
/// configured. Only they are ever asked for keys, so no caller can make this server open a connection of the caller's choice.
/// </summary>
public sealed class OpenIdLogins(IamConfiguration iam, IOpenIdKeys keys)
{
    /// <summary>Public providers by name, with their issuers. The others have opaque tokens, which only they can read.</summary>
    public static IReadOnlyDictionary<string, string> Public { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["accounts.google.com"] = "https://accounts.google.com",
        ["appleid.apple.com"] = "https://appleid.apple.com",
    };

    /// <summary>Judges a token that came under a provider's name.</summary>
    internal async ValueTask<IdentityOutcome<ProvenLogin>> VerifyAsync(
        IdentityPool pool, string name, JwtParts parts, IdTokenClaims claims, DateTimeOffset now, CancellationToken ct)
    {
        if (Find(pool, name) is not { } provider) return new IdentityRefusal.UnsupportedProvider();
        // Google's tokens may leave the scheme out (OpenID Connect Core 1.0 §15.6.2).
        if (claims.Issuer != provider.Issuer && !(name == "accounts.google.com" && claims.Issuer == name))
            return new IdentityRefusal.InvalidToken(TokenProblem.Issuer);
        if (claims.Audiences.Count == 0) return new IdentityRefusal.InvalidToken(TokenProblem.MissingClaim, "aud");
        // OpenID Connect Core 1.0 §3.1.3.7: no audience may be one that we don't trust.
        if (!claims.Audiences.All(a => provider.Audiences.Contains(a))) return new IdentityRefusal.InvalidToken(TokenProblem.Audience);
        if (UserPoolLogins.Expired(claims, now) is { } expired) return expired;

        var (key, isReached) = await keys.FindAsync(provider.Issuer, parts.KeyId, ct);
        if (!isReached) return new IdentityRefusal.ExternalService(name);
        if (key is null || !key.Verify(parts.Signed.Span, parts.Signature.Span)) return new IdentityRefusal.InvalidToken(TokenProblem.Signature);
        return new ProvenLogin.Person(name, claims.Subject, provider.MappingKeys, claims.All) { Methods = [name, $"{name}:OIDC:{claims.Subject}"] };
    }

    private Provider? Find(IdentityPool pool, string name)
    {
        if (pool.Settings.LoginProviders.TryGetValue(name, out var application) && Public.TryGetValue(name, out var issuer))
            return new Provider(issuer, [application], [name]);
        foreach (var arn in pool.Settings.OpenIdProviderArns)
        {
            // A provider that the operator took out of the configuration is believed no longer.
            if (iam.FindProvider(arn) is { } configured && configured.Name == name) return new Provider(configured.Issuer, configured.ClientIds, [arn, name]);
        }

        return null;
    }

    private sealed record Provider(string Issuer, IReadOnlyList<string> Audiences, IReadOnlyList<string> MappingKeys);
}
