using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sessions;

/// <summary>Whether a pool keeps account of its users' sessions. API_SetUserPoolSessionConfiguration.</summary>
public sealed record SessionTracking
{
    /// <summary>Default false: sign-ins then have no session id, and nothing counts them.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Sessions that a user may have at once; 1–100; default 20. API_UserPoolTokenSessionConfigType.MaxPerUser.</summary>
    public int MaxPerUser { get; init; } = 20;
}

/// <summary>Ids of sessions: 28 characters that say what kind of session they are of.</summary>
public static class SessionIds
{
    private const string TokenPrefix = "tkn";
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int Length = 28;

    /// <summary>An id for a token session; about 129 random bits.</summary>
    public static string NewToken(IRandom random) => TokenPrefix + random.Text(Length - TokenPrefix.Length, Alphabet);
}
