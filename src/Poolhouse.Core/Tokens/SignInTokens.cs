using System.Text.Json;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Tokens;

/// <summary>Why three tokens are not those of one sign-in that goes on.</summary>
public enum SignInTokensProblem
{
    /// <summary>One is not a token of this server, not of its kind, or not signed by the pool.</summary>
    Invalid,

    /// <summary>The time of one is over.</summary>
    Expired,

    /// <summary>They are of different sign-ins, users or clients.</summary>
    Mismatch,

    /// <summary>The sign-in has ended, or its refresh token is no longer the current one.</summary>
    Revoked,

    /// <summary>The user is gone.</summary>
    UserNotFound,

    /// <summary>The user is disabled.</summary>
    UserDisabled,

    /// <summary>The user is not confirmed.</summary>
    UserNotConfirmed,
}

/// <summary>The sign-in that three tokens are of.</summary>
/// <param name="User">Who signed in, as they are now.</param>
/// <param name="Family">The sign-in.</param>
public sealed record ProvenSignIn(User User, TokenFamily Family);

/// <summary>
/// Verifies an access, an ID and a refresh token together: each by itself, and all three as those of one sign-in. A refresh token of somebody
/// else is refused without being used up; so is one's own.
/// </summary>
public sealed class SignInTokens(PoolKeys keys, Issuer issuer, RefreshTokens refreshTokens, Catalog catalog, IDatabase database)
{
    /// <summary>The sign-in, or why not.</summary>
    /// <param name="accessToken">As the client has it.</param>
    /// <param name="idToken">As the client has it.</param>
    /// <param name="refreshToken">As the client has it.</param>
    /// <param name="mayHaveEnded">Whether a sign-in that was revoked will do: for who says goodbye after having signed out.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<(ProvenSignIn? SignIn, SignInTokensProblem Problem)> FindAsync(
        string accessToken, string idToken, string refreshToken, bool mayHaveEnded, DateTimeOffset now, CancellationToken ct)
    {
        if (!Jwt.TryParse(accessToken, out var accessParts) || AccessClaims.TryRead(accessParts.Payload, issuer) is not { } access || !access.Scopes.Contains(TokenIssuer.UserScope))
            return (null, SignInTokensProblem.Invalid);
        if (!Jwt.TryParse(idToken, out var idParts) || IdClaims.TryRead(idParts.Payload, issuer) is not { } id) return (null, SignInTokensProblem.Invalid);
        // Only this server can write one, so what it says is true.
        if (refreshTokens.Read(refreshToken) is not { } refresh) return (null, SignInTokensProblem.Invalid);
        if (!await IsSignedAsync(access.PoolId, accessParts, ct) || !await IsSignedAsync(id.PoolId, idParts, ct)) return (null, SignInTokensProblem.Invalid);

        var isOne = id.PoolId == access.PoolId && id.ClientId == access.ClientId && id.Sub == access.Sub && id.FamilyId == access.FamilyId
            && refresh.PoolId == access.PoolId && refresh.ClientId == access.ClientId && refresh.FamilyId == access.FamilyId;
        if (!isOne) return (null, SignInTokensProblem.Mismatch);
        if (access.ExpiresAt <= now || id.ExpiresAt <= now || refresh.ExpiresAt <= now) return (null, SignInTokensProblem.Expired);
        if (await catalog.FindClientAsync(access.ClientId, ct) is not { } client || client.PoolId != access.PoolId) return (null, SignInTokensProblem.Invalid);

        var (user, family) = await database.ReadAsync(stores => stores.Users.FindWithFamilyAsync(access.PoolId, access.Sub, access.FamilyId, ct), ct);
        if (user is null) return (null, SignInTokensProblem.UserNotFound);
        if (family is null) return (null, SignInTokensProblem.Revoked);
        if (!mayHaveEnded)
        {
            if (!user.IsEnabled) return (null, SignInTokensProblem.UserDisabled);
            if (user.Status == UserStatus.Unconfirmed) return (null, SignInTokensProblem.UserNotConfirmed);
            // What was replaced by rotation is not looked up: whoever still has it should have the newer one.
            if (family.RevokedAt is not null || family.CurrentRefreshId != refresh.Id) return (null, SignInTokensProblem.Revoked);
        }

        return (new ProvenSignIn(user, family), default);
    }

    private async ValueTask<bool> IsSignedAsync(PoolId pool, JwtParts parts, CancellationToken ct) =>
        // Anybody can write any pool's id into a token, and asking for keys makes them.
        await catalog.FindPoolAsync(pool, ct) is not null && await keys.FindAsync(pool, parts.KeyId, ct) is { } key && Jwt.Verify(key, parts);

    private sealed record IdClaims(PoolId PoolId, ClientId ClientId, Sub Sub, string FamilyId, DateTimeOffset ExpiresAt)
    {
        public static IdClaims? TryRead(ReadOnlyMemory<byte> payload, Issuer issuer)
        {
            try
            {
                using var json = JsonDocument.Parse(payload);
                var root = json.RootElement;
                if (root.GetProperty("token_use"u8).GetString() != "id" || issuer.PoolOf(root.GetProperty("iss"u8).GetString()) is not { } pool) return null;
                return new IdClaims(
                    pool,
                    new ClientId(root.GetProperty("aud"u8).GetString()!),
                    new Sub(root.GetProperty("sub"u8).GetString()!),
                    root.GetProperty("event_id"u8).GetString()!,
                    DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp"u8).GetInt64()));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentOutOfRangeException or FormatException)
            {
                return null;
            }
        }
    }
}
