using System.Text.Json;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Sessions;

/// <summary><c>POST session</c>: a sign-in, the answer to its challenge, or nothing with a bearer token.</summary>
internal sealed record SessionBody(
    string? Email, string? Username, string? Password, string? Application, string? Challenge, string? Session, Dictionary<string, string>? Responses, bool? Remember);

/// <summary><c>PATCH session</c>; what is left out stays.</summary>
internal sealed record SessionPatch(string? Locale, bool? Remember, JsonElement? Data);

/// <summary>The person of a session.</summary>
internal sealed record SessionUser(string Id, string Sub, string Application, string? Email, string? Username, string? Locale, IReadOnlyList<string> Groups);

/// <summary>A session as its own browser sees it.</summary>
internal sealed record SessionAnswer(
    string Id, SessionUser User, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset LastSeenAt, bool Remember, string? Locale, JsonElement Data)
{
    /// <summary>Of a session and whose it is.</summary>
    public static SessionAnswer Of(AccountSession session, SignedIn caller)
    {
        using var data = JsonDocument.Parse(session.Data);
        var account = caller.Account;
        var user = new SessionUser(account.Id.Value, account.Sub.Value, account.Application, account.Email, account.Username, account.Locale, caller.Groups);
        return new SessionAnswer(
            session.Key.Value, user, session.CreatedAt, session.ExpiresAt, session.LastSeenAt, session.Remember, session.Locale, data.RootElement.Clone());
    }
}

/// <summary>One of the caller's sessions. Addresses and devices are those of its last activity.</summary>
internal sealed record SessionEntry(
    string Id, string Device, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool Current);

/// <summary><c>GET sessions</c>, those used last first.</summary>
internal sealed record SessionList(IReadOnlyList<SessionEntry> Sessions);
