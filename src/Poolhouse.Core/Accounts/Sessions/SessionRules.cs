namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>How long sessions live and what they may hold.</summary>
public static class SessionRules
{
    /// <summary>
    /// Life of the cookie and of a session on a computer of the person's own; activity does not prolong it. It exists in the cookie for the
    /// browser's sake only: the store is what ends a session (SP 800-63B-4 §5.1.1).
    /// </summary>
    public static readonly TimeSpan RememberedLife = TimeSpan.FromSeconds(1_209_600);

    /// <summary>Life of a session on somebody else's computer (SP 800-63B-4 §2.2.3).</summary>
    public static readonly TimeSpan GuestLife = TimeSpan.FromHours(24);

    /// <summary>How long nothing may happen on somebody else's computer (SP 800-63B-4 §2.2.3).</summary>
    public static readonly TimeSpan GuestIdle = TimeSpan.FromHours(1);

    /// <summary>An activity sooner than this after the last one that was written is not written.</summary>
    public static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of the application's data as JSON.</summary>
    public const int MaxDataBytes = 4096;

    /// <summary>Nested levels of the application's data.</summary>
    public const int MaxDataDepth = 16;

    /// <summary>Sessions that a list shows, those used last first. More can exist; ending all ends those too.</summary>
    public const int MaxListed = 100;

    /// <summary>The times of a session that begins now.</summary>
    /// <param name="session">It.</param>
    /// <param name="signInEndsAt">The end of the sign-in that it comes from.</param>
    /// <param name="now">When.</param>
    public static AccountSession Begin(AccountSession session, DateTimeOffset signInEndsAt, DateTimeOffset now)
    {
        now = Stored(now);
        // Where the pool's client has shorter-lived refresh tokens, a cookie is no way around that.
        var end = Earlier(now + (session.Remember ? RememberedLife : GuestLife), signInEndsAt);
        return Seen(session with { CreatedAt = now, EndsAt = end }, now);
    }

    /// <summary>The session after an activity.</summary>
    public static AccountSession Seen(AccountSession session, DateTimeOffset now) => session with
    {
        LastSeenAt = Stored(now),
        ExpiresAt = session.Remember ? session.EndsAt : Earlier(session.EndsAt, Stored(now) + GuestIdle),
    };

    /// <summary>
    /// The session with another choice about the computer. The time of the sign-in counts on: who takes "remember me" away gets what is left
    /// of a guest's day from now, and who gives it gets two weeks from the sign-in.
    /// </summary>
    public static AccountSession Remember(AccountSession session, bool remember, DateTimeOffset signInEndsAt, DateTimeOffset now)
    {
        if (session.Remember == remember) return session;
        var end = remember ? Earlier(session.CreatedAt + RememberedLife, signInEndsAt) : Earlier(session.EndsAt, Stored(now) + GuestLife);
        return Seen(session with { Remember = remember, EndsAt = end }, now);
    }

    /// <summary>Whether an activity is worth writing.</summary>
    public static bool IsDue(AccountSession session, DateTimeOffset now) => now - session.LastSeenAt >= TouchInterval;

    // As exact as a store keeps it, so that a session answers the same before and after it was stored.
    private static DateTimeOffset Stored(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
