namespace Poolhouse.Core.Accounts.Invites;

/// <summary>What an invitation is good for.</summary>
public enum InviteKind
{
    /// <summary>Its address may register.</summary>
    Account,

    /// <summary>It confirms an account that has registered.</summary>
    Confirmation,
}

/// <summary>How far it has come.</summary>
public enum InviteState
{
    /// <summary>It waits to be used.</summary>
    Pending,

    /// <summary>It was used.</summary>
    Claimed,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken back.</summary>
    Withdrawn,
}

/// <summary>An invitation. Its token is known to the mail only; here is its hash.</summary>
public sealed record Invite
{
    /// <summary>How long a token works. The contract's section 4.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The application it is for, and for no other.</summary>
    public required string Application { get; init; }

    /// <summary>What it is good for.</summary>
    public required InviteKind Kind { get; init; }

    /// <summary>Whom it is for, by <see cref="EmailAddress.Normalize"/>.</summary>
    public required string Email { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required IReadOnlyList<byte> TokenHash { get; init; }

    /// <summary>Who invites; null where the application itself asks for a confirmation. When the inviter's account goes, the invitation does.</summary>
    public AccountId? Inviter { get; init; }

    /// <summary>Of a confirmation: the account that it confirms. Of others: who used it; null before.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The language tag of the mail; null where none is known.</summary>
    public string? Locale { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was mailed last.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How often it was mailed.</summary>
    public int Sends { get; init; } = 1;

    /// <summary>When its time is over.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used; null before.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When it was taken back; null where it wasn't.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>How far it has come. Time decides here, never a job that cleans up (CVE-2025-64708).</summary>
    public InviteState StateAt(DateTimeOffset now) =>
        ClaimedAt is not null ? InviteState.Claimed
        : WithdrawnAt is not null ? InviteState.Withdrawn
        : ExpiresAt <= now ? InviteState.Expired
        : InviteState.Pending;
}
