using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// What the server must remember between two steps of a sign-in. It travels sealed with the client, so that a sign-in that is
/// begun and left costs no storage; the step that completes spends <see cref="Id"/>, so it can be used once.
/// </summary>
public sealed record ChallengeState
{
    /// <summary>A UUID, spent by the step that succeeds.</summary>
    public required string Id { get; init; }

    /// <summary>The challenge it belongs to; no other accepts it.</summary>
    public required string Challenge { get; init; }

    /// <summary>The client that began.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user's sub; null where the challenge does not depend on it. Of a challenge that only pretends, a sub that nobody has.</summary>
    public string? Sub { get; init; }

    /// <summary>The username as the challenge named it.</summary>
    public required string Username { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>SRP: the client's public value.</summary>
    public byte[]? SrpClientPublic { get; init; }

    /// <summary>SRP: the server's public value.</summary>
    public byte[]? SrpServerPublic { get; init; }

    /// <summary>SRP: the server's exponent.</summary>
    public byte[]? SrpPrivate { get; init; }
}

/// <summary>Seals and opens challenge state.</summary>
public sealed class ChallengeStates(Sealer sealer)
{
    /// <summary>Text of 20–2,048 characters, as API_InitiateAuth asks of a Session.</summary>
    public string Seal(PoolId pool, ChallengeState state) =>
        Base64Url.EncodeToString(SealBytes(pool, state));

    /// <summary>The same as bytes: SRP's SECRET_BLOCK.</summary>
    public byte[] SealBytes(PoolId pool, ChallengeState state) =>
        sealer.Seal(
            JsonSerializer.SerializeToUtf8Bytes(state, SignInJson.Default.ChallengeState), SealPurpose.ChallengeState, SealContext.Of(pool.Value));

    /// <summary>The state, or why there is none. Expiry is told only of what this server sealed.</summary>
    public Outcome<ChallengeState> Open(PoolId pool, ClientId client, string challenge, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (!sealer.TryOpen(bytes, SealPurpose.ChallengeState, SealContext.Of(pool.Value), out var clear)) return new Refusal.SessionInvalid();
        var state = JsonSerializer.Deserialize(clear, SignInJson.Default.ChallengeState)!;
        if (state.Challenge != challenge || state.ClientId != client.Value) return new Refusal.SessionInvalid();
        return state.ExpiresAt <= now.ToUnixTimeMilliseconds() ? new Refusal.SessionExpired() : state;
    }

    /// <summary>Opens text that <see cref="Seal"/> made.</summary>
    public Outcome<ChallengeState> Open(PoolId pool, ClientId client, string challenge, string? session, DateTimeOffset now)
    {
        // Not Base64Url.TryDecodeFromChars, which throws at a character that isn't one of its own.
        return session is { Length: <= 2048 } && StrictBase64Url.TryDecode(session, out var bytes)
            ? Open(pool, client, challenge, bytes, now)
            : new Refusal.SessionInvalid();
    }
}

/// <summary>JSON of sign-in state.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChallengeState))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SignInJson : JsonSerializerContext;
