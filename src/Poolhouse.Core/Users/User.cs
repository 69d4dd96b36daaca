using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Users;

/// <summary>A person's account in one pool. API_UserType.</summary>
public sealed record User
{
    /// <summary>The pool it belongs to.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>The unchanging id.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The name as given, or the sub where attributes take its place.</summary>
    public required string Username { get; init; }

    /// <summary>Where the account stands.</summary>
    public required UserStatus Status { get; init; }

    /// <summary>False after AdminDisableUser: no sign-in, no refresh, no use of tokens.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Everything but <c>sub</c>, by full name; values are text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>What proves the password; null when none was set.</summary>
    public PasswordCredential? Password { get; init; }

    /// <summary>Hashes of earlier passwords, newest first; kept only as far as the pool's history asks.</summary>
    public IReadOnlyList<string> PasswordHistory { get; init; } = [];

    /// <summary>When a temporary password stops working; null when the password is not temporary.</summary>
    public DateTimeOffset? TemporaryPasswordExpiresAt { get; init; }

    /// <summary>What is asked for beside the password.</summary>
    public UserMfa Mfa { get; init; } = new();

    /// <summary>When the account was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything on it last changed.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>
    /// Cookie sessions that began by then have ended: the password was replaced by a code or by an administrator. Null where that never was.
    /// Tokens live on, as Cognito's do (observed).
    /// </summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>Counts changes; an update that names an older version loses.</summary>
    public long Version { get; init; }

    /// <summary>
    /// Whether nothing but a reset lets the user in again. Who never had a password, as imported users, also comes in without one where the
    /// pool has that (user guide, "Importing users into user pools from a CSV file").
    /// </summary>
    public bool MustReset => Status == UserStatus.ResetRequired && Password is not null;

    /// <summary>An attribute's value, or null.</summary>
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    /// <summary>Whether <c>email_verified</c> or <c>phone_number_verified</c> stands at true.</summary>
    public bool HasVerified(string attribute) => this[attribute + "_verified"] == "true";
}

/// <summary>What proves a password, in two forms of the same secret.</summary>
/// <param name="Hash">PHC string.</param>
/// <param name="SrpSalt">16 bytes; null where the pool's clients don't allow SRP.</param>
/// <param name="SealedSrpVerifier">g^x, sealed; null with the salt.</param>
public sealed record PasswordCredential(string Hash, byte[]? SrpSalt, byte[]? SealedSrpVerifier);

/// <summary>API_UserType.UserStatus, as far as users of this server reach it.</summary>
public enum UserStatus
{
    /// <summary>Signed up, not yet confirmed.</summary>
    Unconfirmed,

    /// <summary>May sign in.</summary>
    Confirmed,

    /// <summary>Has a temporary password.</summary>
    ForceChangePassword,

    /// <summary>Must recover before signing in.</summary>
    ResetRequired,

    /// <summary>Comes from an identity provider.</summary>
    ExternalProvider,
}
