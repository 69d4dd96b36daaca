using System.Globalization;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>Believes ID tokens of this server's user pools.</summary>
public sealed class UserPoolLogins(ProviderNames names, Issuer issuer, Catalog catalog, PoolKeys keys, IDatabase database)
{
    /// <summary>Judges a token that came under a user pool's name. Access tokens have no <c>aud</c>, and are told so (observed).</summary>
    internal async ValueTask<IdentityOutcome<ProvenLogin>> VerifyAsync(
        IdentityPool pool, PoolId userPool, string provider, JwtParts parts, IdTokenClaims claims, DateTimeOffset now, CancellationToken ct)
    {
        if (claims.Issuer != issuer.Of(userPool)) return new IdentityRefusal.InvalidToken(TokenProblem.Issuer);
        if (claims.Audiences.Count == 0) return new IdentityRefusal.InvalidToken(TokenProblem.MissingClaim, "aud");
        if (claims.Audiences is not [var client] || claims.Text("token_use") != "id" || claims.Text("event_id") is not { } family)
            return new IdentityRefusal.InvalidToken(TokenProblem.Malformed);
        var accepted = pool.Settings.UserPools.FirstOrDefault(p => p.ClientId == client && names.Canonical(p.Name) == provider);
        if (accepted is null) return new IdentityRefusal.UnsupportedProvider();

        // Anybody can write any pool's id into a token, and asking for keys makes them.
        if (await catalog.FindPoolAsync(userPool, ct) is null) return new IdentityRefusal.UnsupportedProvider();
        if (await keys.FindAsync(userPool, parts.KeyId, ct) is not { } key || !Jwt.Verify(key, parts))
            return new IdentityRefusal.InvalidToken(TokenProblem.Signature);
        if (Expired(claims, now) is { } expired) return expired;
        // API_CognitoIdentityProvider.ServerSideTokenCheck: without it a token counts for as long as it says.
        if (accepted.ChecksServerSide is true && !await IsAliveAsync(userPool, new ClientId(client), new Sub(claims.Subject), family, ct))
            return new IdentityRefusal.TokenInactive();
        return new ProvenLogin.Person(provider, claims.Subject, [$"{provider}:{client}"], claims.All)
        {
            Methods = [provider, $"{provider}:CognitoSignIn:{claims.Subject}"],
        };
    }

    /// <summary>The refusal of a token whose time is over, or null.</summary>
    internal static IdentityRefusal.InvalidToken? Expired(IdTokenClaims claims, DateTimeOffset now) => now.ToUnixTimeSeconds() < claims.ExpiresAt
        ? null
        : new IdentityRefusal.InvalidToken(
            TokenProblem.Expired, string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()} >= {claims.ExpiresAt}"));

    private async ValueTask<bool> IsAliveAsync(PoolId pool, ClientId client, Sub sub, string familyId, CancellationToken ct)
    {
        if (await catalog.FindClientAsync(client, ct) is not { } found || found.PoolId != pool) return false;
        var (user, family) = await database.ReadAsync(stores => stores.Users.FindWithFamilyAsync(pool, sub, familyId, ct), ct);
        return user is { IsEnabled: true } && family is { RevokedAt: null } && family.Sub == user.Sub;
    }
}
