using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Tokens;

/// <summary>Who calls with an access token.</summary>
public sealed record Caller(UserPool Pool, AppClient Client, User User, TokenFamily Family)
{
    /// <summary>The groups that the token names, which a trigger may have chosen.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The scopes that the token has.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the token's time is over.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Why an access token is not accepted.</summary>
public enum AccessTokenProblem
{
    /// <summary>Not a token of this server, or not an access token.</summary>
    Invalid,

    /// <summary>The signature is not ours.</summary>
    BadSignature,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It may not use the user's own API.</summary>
    MissingScope,

    /// <summary>Its family was revoked, or signed out everywhere.</summary>
    Revoked,

    /// <summary>The user is gone.</summary>
    UserNotFound,

    /// <summary>The user is disabled.</summary>
    UserDisabled,

    /// <summary>The user is not confirmed.</summary>
    UserNotConfirmed,

    /// <summary>The client is gone.</summary>
    ClientNotFound,
}

/// <summary>
/// Accepts access tokens. The signature's result is cached by the token itself. Whether user and family still are what they were is
/// asked every time, so that revocation, disabling and deletion work at once and on every node; they are read again only if not.
/// </summary>
public sealed class AccessTokens(PoolKeys keys, Issuer issuer, Catalog catalog, IDatabase database)
{
    private readonly VerifiedTokens _verified = new(capacity: 10_000);

    /// <summary>Forgets what was read; after a reset or restore.</summary>
    public void Forget() => _verified.Clear();

    /// <summary>The caller of the users' own API, or why not.</summary>
    public ValueTask<(Caller? Caller, AccessTokenProblem Problem)> FindCallerAsync(string token, DateTimeOffset now, CancellationToken ct) =>
        FindCallerAsync(token, TokenIssuer.UserScope, now, ct);

    /// <summary>The caller, or why not.</summary>
    /// <param name="token">The access token.</param>
    /// <param name="scope">The scope that it must have.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<(Caller? Caller, AccessTokenProblem Problem)> FindCallerAsync(string token, string scope, DateTimeOffset now, CancellationToken ct)
    {
        var (verified, problem) = await VerifyAsync(token, ct);
        if (verified is null) return (null, problem);
        var claims = verified.Claims;
        if (claims.ExpiresAt <= now) return (null, AccessTokenProblem.Expired);
        if (!claims.Scopes.Contains(scope)) return (null, AccessTokenProblem.MissingScope);
        if (await catalog.FindClientAsync(claims.ClientId, ct) is not { } client || client.PoolId != claims.PoolId)
            return (null, AccessTokenProblem.ClientNotFound);
        if (await catalog.FindPoolAsync(claims.PoolId, ct) is not { } pool) return (null, AccessTokenProblem.ClientNotFound);

        var (user, family) = await ReadAsync(verified, ct);
        // Observed: after deletion the token's user is not found, also while a new user of the same name exists: tokens bind to the sub.
        if (user is null) return (null, AccessTokenProblem.UserNotFound);
        if (!user.IsEnabled) return (null, AccessTokenProblem.UserDisabled);
        if (family is null || family.RevokedAt is not null || family.Sub != user.Sub) return (null, AccessTokenProblem.Revoked);
        if (user.Status == UserStatus.Unconfirmed) return (null, AccessTokenProblem.UserNotConfirmed);
        return (new Caller(pool, client, user, family) { Groups = claims.Groups, Scopes = claims.Scopes, ExpiresAt = claims.ExpiresAt }, default);
    }

    private async ValueTask<(User? User, TokenFamily? Family)> ReadAsync(VerifiedToken token, CancellationToken ct)
    {
        var (claims, seen) = (token.Claims, token.Seen);
        if (seen is not null)
        {
            var version = await database.ReadAsync(stores => stores.Users.FindVersionAsync(claims.PoolId, claims.Sub, claims.FamilyId, ct), ct);
            if (version == seen.Version) return (seen.User, seen.Family);
        }

        var (user, family) = await database.ReadAsync(stores => stores.Users.FindWithFamilyAsync(claims.PoolId, claims.Sub, claims.FamilyId, ct), ct);
        if (user is not null && family is { RevokedAt: null }) token.Seen = new SeenCaller(user, family);
        return (user, family);
    }

    private async ValueTask<(VerifiedToken? Token, AccessTokenProblem Problem)> VerifyAsync(string token, CancellationToken ct)
    {
        // A key that was taken away takes its tokens along, also those that were seen before.
        if (_verified.Find(token) is { } known && (await keys.GetAsync(known.Claims.PoolId, ct)).Find(known.KeyId) is not null) return (known, default);
        if (!Jwt.TryParse(token, out var parts) || AccessClaims.TryRead(parts.Payload, issuer) is not { } claims)
            return (null, AccessTokenProblem.Invalid);
        // Anybody can write any pool's id into a token, and asking for keys makes them: two RSA keys for each name that is guessed.
        if (await catalog.FindPoolAsync(claims.PoolId, ct) is null) return (null, AccessTokenProblem.Invalid);
        if (await keys.FindAsync(claims.PoolId, parts.KeyId, ct) is not { } key) return (null, AccessTokenProblem.Invalid);
        if (!Jwt.Verify(key, parts)) return (null, AccessTokenProblem.BadSignature);
        var verified = new VerifiedToken(claims, parts.KeyId);
        _verified.Add(token, verified);
        return (verified, default);
    }
}

/// <summary>The claims of an access token that this server acts on.</summary>
internal sealed record AccessClaims(PoolId PoolId, ClientId ClientId, Sub Sub, string FamilyId, DateTimeOffset ExpiresAt, IReadOnlyList<string> Scopes, IReadOnlyList<string> Groups)
{
    private static readonly string[] OnlyUserScope = [TokenIssuer.UserScope];

    /// <summary>Reads a payload; null when it is not an access token of ours.</summary>
    public static AccessClaims? TryRead(ReadOnlyMemory<byte> payload, Issuer issuer)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "token_use"u8) != "access") return null;
            if (issuer.PoolOf(Text(root, "iss"u8)) is not { } pool) return null;
            if (Text(root, "client_id"u8) is not { } client || Text(root, "sub"u8) is not { } sub || Text(root, "event_id"u8) is not { } family) return null;
            if (!root.TryGetProperty("exp"u8, out var exp) || !exp.TryGetInt64(out var seconds)) return null;
            return new AccessClaims(
                pool, new ClientId(client), new Sub(sub), family, DateTimeOffset.FromUnixTimeSeconds(seconds), ScopesOf(root), GroupNames(root));
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            return null;
        }
    }

    // Nearly all tokens have this one and no other; they share the list.
    private static string[] ScopesOf(JsonElement root) =>
        Text(root, "scope"u8) is not { } scope ? [] : scope == TokenIssuer.UserScope ? OnlyUserScope : scope.Split(' ');

    private static string[] GroupNames(JsonElement root) =>
        root.TryGetProperty("cognito:groups"u8, out var groups) && groups.ValueKind == JsonValueKind.Array ? [.. groups.EnumerateArray().Select(g => g.GetString()!)] : [];

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
