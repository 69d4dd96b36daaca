using System.Security.Claims;

namespace Poolhouse.AspNetCore.Sessions;

/// <summary>What Poolhouse says of a session cookie.</summary>
internal abstract record SessionAnswer
{
    private SessionAnswer()
    {
    }

    /// <summary>It is good.</summary>
    /// <param name="Claims">Of the session's user.</param>
    /// <param name="NameType">The claim that is the name.</param>
    /// <param name="IssuedAt">When the session began; null where Poolhouse doesn't say.</param>
    /// <param name="ExpiresAt">When it ends; null where Poolhouse doesn't say.</param>
    public sealed record Live(IReadOnlyList<Claim> Claims, string NameType, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt) : SessionAnswer;

    /// <summary>Malformed, forged, unknown, expired or ended.</summary>
    public sealed record Invalid : SessionAnswer;

    /// <summary>Poolhouse did not answer, or can't say.</summary>
    public sealed record Unavailable : SessionAnswer;
}
