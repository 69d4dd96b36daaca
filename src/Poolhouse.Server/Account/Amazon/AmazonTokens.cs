using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>What an access or ID token says.</summary>
/// <param name="Sub">Whose it is.</param>
/// <param name="ClientId">The client that it was given to.</param>
/// <param name="SignInId">The same for all tokens that descend from one sign-in, also when they were refreshed.</param>
/// <param name="AuthenticatedAt">When the person last proved who they are.</param>
/// <param name="ExpiresAt">When its time is over.</param>
/// <param name="HasUserScope">Whether it may use the user's own API.</param>
/// <param name="Groups">The pool's groups.</param>
/// <param name="Claims">Its other claims that are text or truth, as attributes have them.</param>
internal sealed record AmazonToken(
    Sub Sub, ClientId ClientId, string SignInId, DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt, bool HasUserScope, IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, string> Claims);

/// <summary>
/// Verifies tokens of a pool at Amazon by the keys that it publishes.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
/// </summary>
internal sealed class AmazonTokens(Application application, IOpenIdKeys keys, WallClock clock)
{
    private readonly string _issuer = application.Amazon!.Issuer;

    /// <summary>What a token says, if the pool signed it and its time is not over.</summary>
    /// <param name="token">As the client has it.</param>
    /// <param name="use"><c>access</c> or <c>id</c>.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The pool's keys can't be had.</exception>
    public async ValueTask<(AmazonToken? Token, AccessTokenProblem Problem)> VerifyAsync(string token, string use, CancellationToken ct)
    {
        if (!Jwt.TryParse(token, out var parts) || TryRead(parts.Payload, use) is not { } read) return (null, AccessTokenProblem.Invalid);
        var (key, isReached) = await keys.FindAsync(_issuer, parts.KeyId, ct);
        if (key is null) return isReached ? (null, AccessTokenProblem.Invalid) : throw AmazonCalls.Away();
        // By the key that the pool publishes under the id. What a key's own id would be is this project's business, not Amazon's.
        if (!key.Verify(parts.Signed.Span, parts.Signature.Span)) return (null, AccessTokenProblem.BadSignature);
        return read.ExpiresAt <= clock.Now ? (null, AccessTokenProblem.Expired) : (read, default);
    }

    private AmazonToken? TryRead(ReadOnlyMemory<byte> payload, string use)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            if (Text(root, "iss") != _issuer || Text(root, "token_use") != use) return null;
            if (Text(root, use == "access" ? "client_id" : "aud") is not { } client || Text(root, "sub") is not { } sub) return null;
            // origin_jti is only there where the client's tokens can be revoked, event_id not in every token: a token by itself is better than none.
            if ((Text(root, "origin_jti") ?? Text(root, "event_id") ?? Text(root, "jti")) is not { } signIn) return null;
            return new AmazonToken(
                new Sub(sub),
                new ClientId(client),
                signIn,
                Time(root, "auth_time"),
                Time(root, "exp"),
                (Text(root, "scope") ?? "").Split(' ').Contains(TokenIssuer.UserScope),
                Groups(root),
                Claims(root));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(JsonElement root, string name) => DateTimeOffset.FromUnixTimeSeconds(root.GetProperty(name).GetInt64());

    private static string[] Groups(JsonElement root) =>
        root.TryGetProperty("cognito:groups", out var groups) && groups.ValueKind == JsonValueKind.Array ? [.. groups.EnumerateArray().Select(g => g.GetString()!)] : [];

    private static Dictionary<string, string> Claims(JsonElement root)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var claim in root.EnumerateObject())
        {
            // The claim is true where the attribute is "true".
            if (claim.Value.ValueKind is JsonValueKind.True or JsonValueKind.False) claims[claim.Name] = claim.Value.GetBoolean() ? "true" : "false";
            else if (claim.Value.ValueKind == JsonValueKind.String) claims[claim.Name] = claim.Value.GetString()!;
        }

        return claims;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
