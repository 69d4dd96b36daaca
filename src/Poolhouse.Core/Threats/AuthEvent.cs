using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Threats;

/// <summary>
/// One attempt to sign in, sign up or change a password, as threat protection remembers it. A sign-in of several steps is one
/// event. API_AuthEventType.
/// </summary>
public sealed record AuthEvent
{
    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Whose account.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The client; null where an administrator's call names none.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>What was tried.</summary>
    public required AuthEventKind Type { get; init; }

    /// <summary>What became of it.</summary>
    public required AuthEventResponse Response { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was asked and whether the answer was right, in order.</summary>
    public IReadOnlyList<AuthChallenge> Challenges { get; init; } = [];

    /// <summary>What was made of the risk.</summary>
    public RiskDecision Decision { get; init; }

    /// <summary>How much risk was seen; null for none.</summary>
    public RiskLevel? Level { get; init; }

    /// <summary>Whether the password is known to others; null where nobody looked.</summary>
    public bool? IsCompromised { get; init; }

    /// <summary>The address; null where it isn't known.</summary>
    public string? Address { get; init; }

    /// <summary>See <see cref="Sessions.Origin.Device"/>.</summary>
    public required string Device { get; init; }

    /// <summary>See <see cref="Sessions.Origin.Fingerprint"/>.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>See <see cref="Sessions.Origin.HasContext"/>.</summary>
    public bool HasContext { get; init; }

    /// <summary>What somebody said of it afterwards; null while nobody did.</summary>
    public AuthFeedback? Feedback { get; init; }
}

/// <summary>What was asked: <c>Password</c> or <c>Mfa</c>. API_ChallengeResponseType.</summary>
public sealed record AuthChallenge(string Name, bool IsSuccess);

/// <summary>API_EventFeedbackType.</summary>
/// <param name="IsValid">Whether the account's owner was behind it.</param>
/// <param name="Provider"><c>Admin</c> or <c>User</c>.</param>
/// <param name="At">When it was said.</param>
public sealed record AuthFeedback(bool IsValid, string Provider, DateTimeOffset At);

/// <summary>What was tried; the wire has the same names.</summary>
public enum AuthEventKind
{
    /// <summary>A sign-in.</summary>
    SignIn,

    /// <summary>A sign-up, or its confirmation.</summary>
    SignUp,

    /// <summary>A code for a forgotten password, or its use.</summary>
    ForgotPassword,

    /// <summary>A password replaced by who knew it.</summary>
    PasswordChange,

    /// <summary>Another code for a sign-up.</summary>
    ResendCode,
}

/// <summary>What became of it; the wire has the same names.</summary>
public enum AuthEventResponse
{
    /// <summary>It succeeded.</summary>
    Pass,

    /// <summary>It failed, or was blocked.</summary>
    Fail,

    /// <summary>More is asked.</summary>
    InProgress,
}

/// <summary>How much risk; the wire has the same names. In order.</summary>
public enum RiskLevel
{
    /// <summary>One sign.</summary>
    Low,

    /// <summary>Two points' worth of signs.</summary>
    Medium,

    /// <summary>Three or more.</summary>
    High,
}

/// <summary>What was made of it; the wire has the same names.</summary>
public enum RiskDecision
{
    /// <summary>Nothing was seen.</summary>
    NoRisk,

    /// <summary>Risk was seen, and the attempt went on, perhaps with more asked.</summary>
    AccountTakeover,

    /// <summary>The attempt was blocked.</summary>
    Block,
}
