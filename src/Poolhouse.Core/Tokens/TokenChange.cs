using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Poolhouse.Core.Groups;

namespace Poolhouse.Core.Tokens;

/// <summary>What a function wants to be different in the tokens of one answer.</summary>
/// <param name="Id">The ID token.</param>
/// <param name="Access">The access token; null leaves it.</param>
/// <param name="Groups">In place of the user's groups in both tokens; null leaves them.</param>
public sealed record TokenChanges(TokenChange Id, TokenChange? Access, GroupClaims? Groups);

/// <summary>
/// A change of one token's claims. What says who the token is of, who may use it and until when is not the function's to change
/// (user guide, "Pre token generation Lambda trigger", excluded claims and scopes): such claims are passed over in silence.
/// </summary>
public sealed record TokenChange
{
    private const string OwnScopes = "aws.cognito.";

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "acr", "amr", "at_hash", "aud", "auth_time", "azp", "client_id", "cognito:groups", "cognito:preferred_role", "cognito:roles",
            "cognito:username", "device_key", "event_id", "exp", "iat", "identities", "iss", "jti", "nbf", "nonce", "origin_jti", "scope", "sub",
            "token_use", "username", "version",
        ],
        StringComparer.Ordinal);

    // User guide, same page: in an ID token these keep their form, so they take text and nothing else.
    private static readonly FrozenSet<string> PlainOnly =
        FrozenSet.ToFrozenSet(["address", "email_verified", "phone_number_verified", "updated_at"], StringComparer.Ordinal);

    /// <summary>Claims with the values they get, any JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Added { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Claims that are left out; one that is also added is left out.</summary>
    public IReadOnlyCollection<string> Suppressed { get; init; } = [];

    /// <summary>Scopes that the token gets; access tokens only.</summary>
    public IReadOnlyCollection<string> ScopesAdded { get; init; } = [];

    /// <summary>Scopes that it loses.</summary>
    public IReadOnlyCollection<string> ScopesSuppressed { get; init; } = [];

    /// <summary>The claims, changed; in their order, with new ones at the end.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> claims)
    {
        using var present = JsonDocument.Parse(claims);
        var buffer = new ArrayBufferWriter<byte>(claims.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var claim in present.RootElement.EnumerateObject()) WriteChanged(json, claim);
            foreach (var (name, value) in Added)
            {
                if (IsReserved(name) || Suppressed.Contains(name) || present.RootElement.TryGetProperty(name, out _) || !IsFit(name, value)) continue;
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void WriteChanged(Utf8JsonWriter json, JsonProperty claim)
    {
        if (claim.Name == "scope")
        {
            var scopes = Scopes(claim.Value.GetString()!);
            if (scopes.Length > 0) json.WriteString("scope"u8, scopes);
            return;
        }

        var isOurs = IsReserved(claim.Name);
        if (!isOurs && Suppressed.Contains(claim.Name)) return;
        json.WritePropertyName(claim.Name);
        (!isOurs && Added.TryGetValue(claim.Name, out var value) && IsFit(claim.Name, value) ? value : claim.Value).WriteTo(json);
    }

    // A scope holds no space, or it would be two. Of Cognito's own only that of the user API may come and go.
    private string Scopes(string present)
    {
        var scopes = present.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(s => !ScopesSuppressed.Contains(s) || IsKept(s)).ToList();
        foreach (var scope in ScopesAdded)
            if (scope.Length > 0 && !scope.Any(char.IsWhiteSpace) && !IsKept(scope) && !ScopesSuppressed.Contains(scope) && !scopes.Contains(scope)) scopes.Add(scope);
        return string.Join(' ', scopes);

        static bool IsKept(string scope) => scope.StartsWith(OwnScopes, StringComparison.Ordinal) && scope != TokenIssuer.UserScope;
    }

    private static bool IsReserved(string name) =>
        Reserved.Contains(name) || name.StartsWith("aws:", StringComparison.Ordinal) || name.StartsWith("dev:", StringComparison.Ordinal);

    private static bool IsFit(string name, JsonElement value) =>
        value.ValueKind != JsonValueKind.Null && (!PlainOnly.Contains(name) || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
}
