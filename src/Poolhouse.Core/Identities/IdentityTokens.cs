using System.Buffers;
using System.Text.Json;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities;

/// <summary>
/// OpenID tokens of the identity service (API_GetOpenIdToken): who an identity is, for AWS STS and for the service itself. A token of
/// a guest says <c>amr: unauthenticated</c> and proves nothing here.
/// </summary>
public sealed class IdentityTokens(IdentityKeys keys, Issuer issuer)
{
    /// <summary>How long GetOpenIdToken's tokens live (Quotas in Amazon Cognito), and those of a back end that names no time (API reference: 15 minutes).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a back end's tokens live where it names no time. API_GetOpenIdTokenForDeveloperIdentity.</summary>
    public static readonly TimeSpan DeveloperLifetime = TimeSpan.FromMinutes(15);

    private const string Authenticated = "authenticated";
    private const string Unauthenticated = "unauthenticated";
    private const string TagsClaim = "https://aws.amazon.com/tags";

    /// <summary>The <c>amr</c> of an identity: what trust policies of roles look at.</summary>
    public static IReadOnlyList<string> MethodsOf(bool isGuest, IEnumerable<ProvenLogin> logins) =>
        isGuest ? [Unauthenticated] : [Authenticated, .. logins.SelectMany(l => l.Methods).Distinct(StringComparer.Ordinal)];

    /// <summary>Signs a token.</summary>
    /// <param name="pool">Its <c>aud</c>.</param>
    /// <param name="identity">Its <c>sub</c>.</param>
    /// <param name="methods">Its <c>amr</c>, from <see cref="MethodsOf"/>.</param>
    /// <param name="tags">Principal tags, carried for STS (IAM user guide, "Passing session tags in AWS STS").</param>
    /// <param name="lifetime">Until its <c>exp</c>.</param>
    /// <param name="now">Its <c>iat</c>.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<string> IssueAsync(
        IdentityPool pool, IdentityId identity, IReadOnlyList<string> methods, IReadOnlyDictionary<string, string> tags, TimeSpan lifetime,
        DateTimeOffset now, CancellationToken ct)
    {
        var (key, _) = await keys.GetAsync(ct);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sub"u8, identity.Value);
            json.WriteString("aud"u8, pool.Id.Value);
            json.WriteStartArray("amr"u8);
            foreach (var method in methods) json.WriteStringValue(method);
            json.WriteEndArray();
            if (tags.Count > 0) WriteTags(json, tags);
            json.WriteString("iss"u8, issuer.OfIdentityService);
            json.WriteNumber("exp"u8, (now + lifetime).ToUnixTimeSeconds());
            json.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return Jwt.Sign(key, buffer.WrittenSpan);
    }

    /// <summary>Judges one of these tokens that came back as a login, which is how clients of a developer's back end prove who they are.</summary>
    internal async ValueTask<IdentityOutcome<ProvenLogin>> VerifyAsync(
        IdentityPool pool, JwtParts parts, IdTokenClaims claims, DateTimeOffset now, CancellationToken ct)
    {
        if (claims.Issuer != issuer.OfIdentityService) return new IdentityRefusal.InvalidToken(TokenProblem.Issuer);
        if (claims.Audiences is not [var audience] || audience != pool.Id.Value) return new IdentityRefusal.InvalidToken(TokenProblem.Audience);
        var (_, published) = await keys.GetAsync(ct);
        if (published.FirstOrDefault(k => k.KeyId == parts.KeyId) is not { } key || !Jwt.Verify(key.PublicKey, parts))
            return new IdentityRefusal.InvalidToken(TokenProblem.Signature);
        if (UserPoolLogins.Expired(claims, now) is { } expired) return expired;
        var methods = IdTokenClaims.Values(claims.All, "amr");
        if (!methods.Contains(Authenticated)) return new IdentityRefusal.InvalidToken(TokenProblem.Malformed);
        return new ProvenLogin.Itself(new IdentityId(claims.Subject), TagsOf(claims.All)) { Methods = [.. methods.Where(m => m != Authenticated)] };
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        json.WriteStartObject(TagsClaim);
        json.WriteStartObject("principal_tags"u8);
        foreach (var (name, value) in tags.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray(name);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Dictionary<string, string> TagsOf(JsonElement claims)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!claims.TryGetProperty(TagsClaim, out var claim) || !claim.TryGetProperty("principal_tags", out var principal)) return tags;
        foreach (var tag in principal.EnumerateObject())
            if (IdTokenClaims.Values(principal, tag.Name) is [var value, ..]) tags[tag.Name] = value;
        return tags;
    }
}
