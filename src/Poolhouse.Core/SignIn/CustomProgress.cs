using System.Text.Json.Serialization;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// How far a CUSTOM_AUTH has come. It travels within the sealed session, whose length the service model bounds, hence the short names.
/// </summary>
public sealed record CustomProgress
{
    /// <summary>What was answered, in order.</summary>
    [JsonPropertyName("r")]
    public IReadOnlyList<CustomRound> Rounds { get; init; } = [];

    /// <summary>The private parameters of the challenge that is being asked.</summary>
    [JsonPropertyName("p")]
    public IReadOnlyDictionary<string, string>? PrivateParameters { get; init; }

    /// <summary>The metadata of the challenge that is being asked.</summary>
    [JsonPropertyName("m")]
    public string? Metadata { get; init; }

    /// <summary>The key of the device that was proved on the way; null where none was.</summary>
    [JsonPropertyName("d")]
    public string? ProvedDevice { get; init; }

    /// <summary>Whether the password was proved on the way.</summary>
    [JsonIgnore]
    public bool HasPassword => Rounds.Any(round => round.IsMet && round.Challenge == SrpProof.ChallengeName);

    /// <summary>Whether a second factor was proved on the way.</summary>
    [JsonIgnore]
    public bool HasSecondFactor => Rounds.Any(round => round.IsMet && MfaFactors.All.Contains(round.Challenge));

    /// <summary>The same with one more challenge answered; what belonged to that challenge alone is dropped.</summary>
    public CustomProgress With(string challenge, bool isMet = true) =>
        new() { ProvedDevice = ProvedDevice, Rounds = [.. Rounds, new CustomRound { Challenge = challenge, IsMet = isMet, Metadata = Metadata }] };
}

/// <summary>One challenge that was answered.</summary>
public sealed record CustomRound
{
    /// <summary>Its name: SRP_A, PASSWORD_VERIFIER, CUSTOM_CHALLENGE, SMS_MFA, …</summary>
    [JsonPropertyName("n")]
    public required string Challenge { get; init; }

    /// <summary>Whether the answer was right.</summary>
    [JsonPropertyName("y")]
    public required bool IsMet { get; init; }

    /// <summary>What CreateAuthChallenge called it; null for challenges that are not its own.</summary>
    [JsonPropertyName("m")]
    public string? Metadata { get; init; }
}
