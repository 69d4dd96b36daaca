using Poolhouse.Core.Clients;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.SignIn;

/// <summary>One step of a sign-in as the caller asks for it. API_InitiateAuth, API_RespondToAuthChallenge.</summary>
public sealed record SignInRequest
{
    /// <summary>The pool.</summary>
    public required UserPool Pool { get; init; }

    /// <summary>The client, of that pool.</summary>
    public required AppClient Client { get; init; }

    /// <summary>AuthParameters or ChallengeResponses.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The session of the step before, where there was one.</summary>
    public string? Session { get; init; }

    /// <summary>The address that the sign-in comes from; null when it is not known.</summary>
    public string? Address => Origin.Address?.ToString();

    /// <summary>Whether an administrator's call began or continues it.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>What was proved so far, by the values of the claim <c>amr</c>.</summary>
    public IReadOnlyList<string> Proved { get; init; } = [];

    /// <summary>The level of authentication to reach, 1–4, or 0 where none was asked for.</summary>
    public int TargetLevel { get; init; }

    /// <summary>Whether what was proved is taken from an earlier sign-in's token: that is no reason to forget wrong guesses.</summary>
    public bool IsCredited { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>ClientMetadata of a response to a challenge: for every trigger but those of the beginning.</summary>
    public IReadOnlyDictionary<string, string>? ClientMetadata { get; init; }

    /// <summary>ClientMetadata of InitiateAuth, which only triggers of the beginning see (API_InitiateAuth.ClientMetadata).</summary>
    public IReadOnlyDictionary<string, string>? ValidationData { get; init; }

    /// <summary>What triggers learn of the call.</summary>
    public TriggerOrigin TriggerOrigin => new(Client.Id) { ClientMetadata = ClientMetadata, ValidationData = ValidationData };

    /// <summary>From where.</summary>
    public Origin Origin { get; init; } = Origin.Unknown;

    /// <summary>What threat protection sees of this step; null where it is off.</summary>
    public SignInAttempt? Attempt { get; init; }

    /// <summary>A parameter, or null where it is missing or empty.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The key of the device that this step names, or null. The device may be anybody's, or nobody's.</summary>
    public string? DeviceKey => this["DEVICE_KEY"];

    /// <summary>Whether this client hides who exists. API_UserPoolClientType.PreventUserExistenceErrors.</summary>
    public bool HidesUsers => Client.Settings.PreventUserExistenceErrors == "ENABLED";

    /// <summary>How long a challenge of this client lives.</summary>
    public DateTimeOffset ChallengeExpiresAt => Now + TimeSpan.FromMinutes(Client.Settings.AuthSessionValidity);

    /// <summary>The same with what the step before knew; null where there was none.</summary>
    public SignInRequest Continuing(ChallengeState? state) => state is null
        ? this
        : this with
        {
            Proved = [.. Proved.Union(state.Proved ?? [], StringComparer.Ordinal)],
            TargetLevel = Math.Max(TargetLevel, state.TargetLevel ?? 0),
        };

    /// <summary>The same with one thing more proved; null where it was nothing.</summary>
    public SignInRequest Proving(string? method) => method is null || Proved.Contains(method) ? this : this with { Proved = [.. Proved, method] };
}

/// <summary>What a step of a sign-in answers.</summary>
public abstract record SignInStep
{
    private SignInStep() { }

    /// <summary>The user is signed in.</summary>
    /// <param name="Tokens">The tokens.</param>
    /// <param name="NewDevice">The key that the device was given, to be registered under it; null where it has one, or none is tracked.</param>
    public sealed record Authenticated(IssuedTokens Tokens, NewDevice? NewDevice = null) : SignInStep;

    /// <summary>Something more is asked.</summary>
    /// <param name="Name">API_InitiateAuth: ChallengeName.</param>
    /// <param name="Session">To be sent back; null for PASSWORD_VERIFIER, whose state is its SECRET_BLOCK.</param>
    /// <param name="Parameters">ChallengeParameters.</param>
    /// <param name="Available">AvailableChallenges of SELECT_CHALLENGE; null elsewhere.</param>
    public sealed record Challenged(
        string Name, string? Session, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string>? Available = null) : SignInStep;
}

/// <summary>A way to begin: one AuthFlow.</summary>
public interface IFlow
{
    /// <summary>The AuthFlow's name.</summary>
    string Name { get; }

    /// <summary>Begins.</summary>
    ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct);
}

/// <summary>A way to continue: one ChallengeName.</summary>
public interface IChallenge
{
    /// <summary>The ChallengeName.</summary>
    string Name { get; }

    /// <summary>Judges the answer.</summary>
    ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct);
}
