using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Users;

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

    /// <summary>Codes: HMAC of the code, bound to <see cref="Id"/>.</summary>
    public byte[]? CodeMac { get; init; }

    /// <summary>Codes: the attribute whose value the code went to.</summary>
    public string? Attribute { get; init; }

    /// <summary>
    /// Codes: HMAC of the address the code went to; it proves that address and no later one. Not the address, whose length would
    /// tell a user who is there from one who isn't.
    /// </summary>
    public byte[]? DestinationMac { get; init; }

    /// <summary>Codes within MFA_SETUP: the address that is to become the user's.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Whether a first factor was proved before.</summary>
    public bool IsSecondFactor { get; init; }

    /// <summary>MFA_SETUP: whether an authenticator app was verified within it.</summary>
    public bool IsSetUp { get; init; }

    /// <summary>The event of threat protection that the sign-in is since its first factor; null before, and where that is off.</summary>
    public string? EventId { get; init; }

    /// <summary>The device that the sign-in comes from, as it was named; null when none was. Of DEVICE_SRP_AUTH, the device that is to prove itself.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>Passkeys: what the authenticator is to sign; 32 bytes.</summary>
    public byte[]? PasskeyChallenge { get; init; }

    /// <summary>What was proved before, by the values of the claim <c>amr</c>; null for nothing.</summary>
    public IReadOnlyList<string>? Proved { get; init; }

    /// <summary>The level of authentication that the sign-in is to reach, 1–4; null where none was asked for.</summary>
    public int? TargetLevel { get; init; }

    /// <summary>SRP: the client's public value.</summary>
    public byte[]? SrpClientPublic { get; init; }

    /// <summary>SRP: the server's public value.</summary>
    public byte[]? SrpServerPublic { get; init; }

    /// <summary>SRP: the server's exponent.</summary>
    public byte[]? SrpPrivate { get; init; }

    /// <summary>CUSTOM_AUTH: how far it has come; null in every other flow.</summary>
    public CustomProgress? Custom { get; init; }

    /// <summary>CUSTOM_AUTH: how far it has come once this challenge is met; null in every other flow. A choice is not a proof.</summary>
    [JsonIgnore]
    public CustomProgress? CustomOnceMet => Challenge switch
    {
        FurtherChallenges.SelectMfaType => Custom,
        FurtherChallenges.MfaSetup => IsSetUp ? Custom?.With(FurtherChallenges.SoftwareTokenMfa) : Custom,
        DeviceStep.PasswordVerifier => Custom?.With(DeviceStep.SrpAuth)?.With(Challenge) is { } custom ? custom with { ProvedDevice = DeviceKey } : null,
        _ => Custom?.With(Challenge),
    };
}

/// <summary>Seals and opens challenge state.</summary>
public sealed class ChallengeStates(Sealer sealer, IRandom random)
{
    /// <summary>The longest session. API_InitiateAuth.Session.</summary>
    public const int MaximumLength = 2048;

    /// <summary>A state that begins now and lives as long as the client lets challenges live.</summary>
    /// <param name="request">The step that leads to it.</param>
    /// <param name="challenge">The challenge it belongs to.</param>
    /// <param name="username">The username as the challenge names it.</param>
    /// <param name="user">Who is asked; null where the challenge only pretends, or does not know yet.</param>
    /// <param name="follows">The challenge that is followed by it, or null.</param>
    public ChallengeState New(SignInRequest request, string challenge, string username, User? user, ChallengeState? follows = null) =>
        New(request.Continuing(follows), challenge, username, user, follows?.DeviceKey) with { Custom = follows?.CustomOnceMet };

    private ChallengeState New(SignInRequest request, string challenge, string username, User? user, string? deviceKey) => new()
    {
        Id = random.UuidText(),
        Challenge = challenge,
        ClientId = request.Client.Id.Value,
        Sub = user?.Sub.Value,
        Username = username,
        ExpiresAt = request.ChallengeExpiresAt.ToUnixTimeMilliseconds(),
        EventId = request.Attempt is { } attempt && (attempt.IsContinued || attempt.User is not null) ? attempt.EventId : null,
        DeviceKey = (request.DeviceKey ?? deviceKey) is { Length: <= Device.LongestKey } key ? key : null,
        Proved = request.Proved.Count > 0 ? request.Proved : null,
        TargetLevel = request.TargetLevel > 0 ? request.TargetLevel : null,
    };

    /// <summary>
    /// Text of 20–2,048 characters, as API_InitiateAuth asks of a Session. The pool stands before it in clear, since
    /// AssociateSoftwareToken and VerifySoftwareToken name neither pool nor client.
    /// </summary>
    public string Seal(PoolId pool, ChallengeState state) => $"{pool}.{Base64Url.EncodeToString(SealBytes(pool, state))}";

    /// <summary>The pool that a session says it is of; opening decides whether that is true.</summary>
    public static PoolId? PoolOf(string session)
    {
        var dot = session.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? new PoolId(session[..dot]) : null;
    }

    /// <summary>The same as bytes: SRP's SECRET_BLOCK.</summary>
    public byte[] SealBytes(PoolId pool, ChallengeState state) =>
        sealer.Seal(
            JsonSerializer.SerializeToUtf8Bytes(state, SignInJson.Default.ChallengeState), SealPurpose.ChallengeState, SealContext.Of(pool.Value));

    /// <summary>The state, or why there is none. Expiry is told only of what this server sealed.</summary>
    public Outcome<ChallengeState> Open(PoolId pool, ClientId client, string challenge, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        var opened = Open(pool, challenge, bytes, now);
        return opened.Refusal is null && opened.Value.ClientId != client.Value ? new Refusal.SessionInvalid() : opened;
    }

    /// <summary>Opens text that <see cref="Seal"/> made.</summary>
    public Outcome<ChallengeState> Open(PoolId pool, ClientId client, string challenge, string? session, DateTimeOffset now)
    {
        var opened = Open(pool, challenge, session, now);
        return opened.Refusal is null && opened.Value.ClientId != client.Value ? new Refusal.SessionInvalid() : opened;
    }

    /// <summary>Opens text that <see cref="Seal"/> made, whichever client it is of.</summary>
    public Outcome<ChallengeState> Open(PoolId pool, string challenge, string? session, DateTimeOffset now)
    {
        // Not Base64Url.TryDecodeFromChars, which throws at a character that isn't one of its own.
        return session is { Length: <= MaximumLength } && PoolOf(session) == pool && StrictBase64Url.TryDecode(session.AsSpan(pool.Value.Length + 1), out var bytes)
            ? Open(pool, challenge, bytes, now)
            : new Refusal.SessionInvalid();
    }

    /// <summary>The event that a session is of, whatever its challenge and age: only for writing down what became of it.</summary>
    public string? EventOf(PoolId pool, string? session) =>
        session is { Length: <= MaximumLength } && PoolOf(session) == pool && StrictBase64Url.TryDecode(session.AsSpan(pool.Value.Length + 1), out var bytes)
            ? EventOf(pool, bytes)
            : null;

    /// <summary>The same for SRP's SECRET_BLOCK.</summary>
    public string? EventOfBlock(PoolId pool, string? block)
    {
        if (block is not { Length: <= 2 * MaximumLength }) return null;
        var bytes = new byte[block.Length];
        return Convert.TryFromBase64String(block, bytes, out var length) ? EventOf(pool, bytes.AsSpan(0, length)) : null;
    }

    private string? EventOf(PoolId pool, ReadOnlySpan<byte> bytes) =>
        sealer.TryOpen(bytes, SealPurpose.ChallengeState, SealContext.Of(pool.Value), out var clear)
            ? JsonSerializer.Deserialize(clear, SignInJson.Default.ChallengeState)!.EventId
            : null;

    private Outcome<ChallengeState> Open(PoolId pool, string challenge, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (!sealer.TryOpen(bytes, SealPurpose.ChallengeState, SealContext.Of(pool.Value), out var clear)) return new Refusal.SessionInvalid();
        var state = JsonSerializer.Deserialize(clear, SignInJson.Default.ChallengeState)!;
        if (state.Challenge != challenge) return new Refusal.SessionInvalid();
        return state.ExpiresAt <= now.ToUnixTimeMilliseconds() ? new Refusal.SessionExpired() : state;
    }
}

/// <summary>JSON of sign-in state.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChallengeState))]
[JsonSerializable(typeof(Passkeys.RegistrationState))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SignInJson : JsonSerializerContext;
