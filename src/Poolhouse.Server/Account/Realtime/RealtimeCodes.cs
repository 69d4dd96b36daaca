namespace Poolhouse.Server.Account.Realtime;

/// <summary>Codes that only the WebSocket API has; the others are those of the HTTP routes.</summary>
internal static class RealtimeCodes
{
    /// <summary>The message is longer than the limit. The connection stays open.</summary>
    public const string MessageTooLarge = "MESSAGE_TOO_LARGE";

    /// <summary>Not of the form <c>{"action": "...", "message": {...}}</c>.</summary>
    public const string MalformedMessage = "MALFORMED_MESSAGE";

    /// <summary>The tokens, the e-mail address and the cogId are not those of one user.</summary>
    public const string TokenMismatch = "TOKEN_MISMATCH";

    /// <summary>There is no such action.</summary>
    public const string UnknownAction = "UNKNOWN_ACTION";

    /// <summary>The sign-in of this connection has ended.</summary>
    public const string SessionEnded = "SESSION_ENDED";
}
