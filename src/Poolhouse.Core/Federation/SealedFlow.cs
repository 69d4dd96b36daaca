using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Federation;

/// <summary>What a client asked of the authorize endpoint, checked.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="RedirectUri">One of its callback addresses.</param>
/// <param name="ResponseType"><c>code</c> or <c>token</c>.</param>
/// <param name="Scopes">A part of the client's.</param>
/// <param name="State">The client's own; null where it sent none.</param>
/// <param name="Nonce">For the ID token; null where the client sent none.</param>
/// <param name="CodeChallenge">S256 (RFC 7636 §4.2); null where the client sent none.</param>
public sealed record AuthorizationRequest(
    string ClientId, string RedirectUri, string ResponseType, IReadOnlyList<string> Scopes, string? State, string? Nonce, string? CodeChallenge);

/// <summary>What the server must remember while a browser is at an identity provider. It travels sealed, as the provider's <c>state</c>.</summary>
/// <param name="Id">A UUID; the answer spends it.</param>
/// <param name="Request">What the client asked.</param>
/// <param name="Provider">The provider's name within the pool.</param>
/// <param name="Nonce">What the provider's ID token must bear.</param>
/// <param name="CodeVerifier">For the provider's code (RFC 7636 §4.1).</param>
/// <param name="Browser">SHA-256 of the cookie of the browser that began: no other may end it (RFC 9700 §4.7).</param>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
public sealed record FederationState(string Id, AuthorizationRequest Request, string Provider, string Nonce, string CodeVerifier, byte[] Browser, long ExpiresAt)
{
    /// <summary>How long a person may take at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}

/// <summary>What an authorization code stands for.</summary>
/// <param name="Id">A UUID; the code's one use spends it.</param>
/// <param name="FamilyId">The sign-in that its tokens will be of: a second use ends that (RFC 6749 §4.1.2).</param>
/// <param name="Request">What the client asked.</param>
/// <param name="Sub">Who signed in.</param>
/// <param name="AuthenticatedAt">When, milliseconds since 1970.</param>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
public sealed record AuthorizationCode(string Id, string FamilyId, AuthorizationRequest Request, string Sub, long AuthenticatedAt, long ExpiresAt)
{
    /// <summary>User guide, "Token endpoint": a code is good for five minutes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}

/// <summary>Seals and opens both; nobody but this server can read or make them.</summary>
public sealed class SealedFlow(Sealer sealer)
{
    // A client's state is the longest part of it.
    private const int Longest = 8_192;

    /// <summary>For the provider's <c>state</c>.</summary>
    public string Seal(FederationState state) => Seal(state, SealPurpose.FederationState, FederationJson.Default.FederationState);

    /// <summary>The code's text.</summary>
    public string Seal(AuthorizationCode code) => Seal(code, SealPurpose.AuthorizationCode, FederationJson.Default.AuthorizationCode);

    /// <summary>The state, whatever its age; null for anything this server did not seal.</summary>
    public FederationState? OpenState(string? text) => Open(text, SealPurpose.FederationState, FederationJson.Default.FederationState);

    /// <summary>The code, whatever its age; null for anything this server did not seal.</summary>
    public AuthorizationCode? OpenCode(string? text) => Open(text, SealPurpose.AuthorizationCode, FederationJson.Default.AuthorizationCode);

    private string Seal<T>(T value, SealPurpose purpose, JsonTypeInfo<T> type) =>
        Base64Url.EncodeToString(sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(value, type), purpose, []));

    private T? Open<T>(string? text, SealPurpose purpose, JsonTypeInfo<T> type)
        where T : class =>
        text is { Length: > 0 and <= Longest } && StrictBase64Url.TryDecode(text, out var bytes) && sealer.TryOpen(bytes, purpose, [], out var clear)
            ? JsonSerializer.Deserialize(clear, type)
            : null;
}

/// <summary>JSON of what is sealed.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthorizationCode))]
[JsonSerializable(typeof(FederationState))]
internal sealed partial class FederationJson : JsonSerializerContext;
