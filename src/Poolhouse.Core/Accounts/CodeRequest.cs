namespace Poolhouse.Core.Accounts;

/// <summary>Why somebody is to get mail at an address.</summary>
public enum CodeRequestPurpose
{
    /// <summary>To confirm a sign-up: another code, or another link.</summary>
    Confirmation,

    /// <summary>To set a new password.</summary>
    PasswordReset,

    /// <summary>Somebody registered with an address that has an account: whichever of the two its owner needs.</summary>
    KnownAddress,
}

/// <summary>
/// A wish for a code that a worker looks after. It is written down the same way whether the address has an account or not, so that neither the
/// answer nor its time says so.
/// </summary>
public sealed record CodeRequest
{
    /// <summary>How long it is worth trying.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>As it was sent.</summary>
    public required string Email { get; init; }

    /// <summary>What for.</summary>
    public required CodeRequestPurpose Purpose { get; init; }

    /// <summary>The language that was asked for, for an account that has none of its own; null where none was.</summary>
    public string? Language { get; init; }

    /// <summary>The network address that it came from; null where there is none.</summary>
    public string? Address { get; init; }

    /// <summary>The browser that it came from; null where it didn't say.</summary>
    public string? UserAgent { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried before.</summary>
    public int Attempts { get; init; }
}
