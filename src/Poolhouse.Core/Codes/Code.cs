using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Codes;

/// <summary>A code that was sent: one live code per user, purpose and attribute; a newer one supersedes it.</summary>
public sealed record Code
{
    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Sub Sub { get; init; }

    /// <summary>What it is for; a code never serves another purpose.</summary>
    public required CodePurpose Purpose { get; init; }

    /// <summary>The attribute it proves (<c>email</c>, <c>phone_number</c>); empty when it proves none.</summary>
    public string Attribute { get; init; } = "";

    /// <summary>The attribute's value when the code was sent; a code proves that value and no later one.</summary>
    public string Destination { get; init; } = "";

    /// <summary>HMAC of the code; see Sealer.Mac.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>After this it no longer works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a code is for.</summary>
public enum CodePurpose
{
    /// <summary>ConfirmSignUp.</summary>
    SignUp,

    /// <summary>ConfirmForgotPassword.</summary>
    PasswordReset,

    /// <summary>VerifyUserAttribute.</summary>
    AttributeVerification,
}

/// <summary>How an attempt with a code ended.</summary>
public enum CodeOutcome
{
    /// <summary>It was right, and is spent by this attempt.</summary>
    Consumed,

    /// <summary>It was wrong; the right one still works.</summary>
    Mismatch,

    /// <summary>None is live: never sent, expired or spent.</summary>
    Expired,
}
