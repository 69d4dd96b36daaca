namespace Poolhouse.Tests.Faults.Load;

/// <summary>A way in that somebody was given: tokens, or a cookie.</summary>
internal sealed class Grant
{
    /// <summary>The access token; null for a cookie.</summary>
    public string? Access { get; set; }

    /// <summary>The refresh token; null for a cookie.</summary>
    public string? Refresh { get; init; }

    /// <summary>The cookie as a request sends it; null for tokens.</summary>
    public string? Cookie { get; init; }

    /// <summary>The session's name; null for tokens.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Person Person { get; init; }

    /// <summary>When its end was acknowledged: whoever sends it later must be refused. Null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>An end of it was asked for and nobody knows whether it happened: both answers are right.</summary>
    public bool MayHaveEnded { get; set; }

    /// <summary>Whether it has to be accepted.</summary>
    public bool MustLive => EndedAt is null && !MayHaveEnded;

    /// <summary>For a finding.</summary>
    public override string ToString() => $"{(Cookie is null ? "tokens" : "cookie")} of {Person.Email}{(EndedAt is { } at ? $", ended {at:HH:mm:ss.fff}" : "")}";
}

/// <summary>
/// Somebody who uses the service, and all that the service has acknowledged to them. They do one thing at a time, so that what was acknowledged has an order.
/// What nobody answered may have happened or not, also later: both are right from then on.
/// </summary>
internal sealed class Person(string email)
{
    private int busy;

    /// <summary>The address.</summary>
    public string Email { get; } = email;

    /// <summary>A sign-up was acknowledged.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>A sign-up was sent and not answered.</summary>
    public bool MayBeRegistered { get; set; }

    /// <summary>A code was acknowledged.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>A code was sent and not answered.</summary>
    public bool MayBeConfirmed { get; set; }

    /// <summary>The last password that was acknowledged.</summary>
    public string Password { get; set; } = "Steady-1234567";

    /// <summary>Passwords that may have been set.</summary>
    public List<string> MaybePasswords { get; } = [];

    /// <summary>The last name that was acknowledged.</summary>
    public string FirstName { get; set; } = "First";

    /// <summary>Names that may have been set.</summary>
    public HashSet<string> MaybeFirstNames { get; } = [];

    /// <summary>Everything that they were let in by.</summary>
    public List<Grant> Grants { get; } = [];

    /// <summary>When mails were asked for, and acknowledged.</summary>
    public List<DateTimeOffset> MailsDue { get; } = [];

    /// <summary>Mails that were asked for without an answer.</summary>
    public int MailsMaybe { get; set; }

    /// <summary>A code for a new password was asked for and not used yet.</summary>
    public bool HasAskedReset { get; set; }

    /// <summary>Resets asked for; the service has a limit of them.</summary>
    public int Resets { get; set; }

    /// <summary>Takes the person for one thing to do; false where they do something already.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref busy, 1, 0) == 0;

    /// <summary>They are done with it.</summary>
    public void End() => Volatile.Write(ref busy, 0);

    /// <summary>A mail was asked for.</summary>
    public void AskedForMail(Reply reply)
    {
        if (reply.IsDone) MailsDue.Add(reply.StartedAt + reply.Took);
        else if (reply.IsUnknown) MailsMaybe++;
    }

    /// <summary>The end of grants was acknowledged, or only asked for.</summary>
    public void EndGrants(IEnumerable<Grant> grants, Reply reply, DateTimeOffset answeredAt)
    {
        if (reply.Outcome is Outcome.Refused or Outcome.NotSent) return;
        foreach (var grant in grants)
        {
            if (reply.IsDone) grant.EndedAt ??= answeredAt;
            else grant.MayHaveEnded = true;
        }
    }
}
