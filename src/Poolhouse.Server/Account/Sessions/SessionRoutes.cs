using System.Text.Json;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Localization;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Sessions;

/// <summary><c>/api/v1/session</c> and <c>/api/v1/sessions</c>: the contract's section 3.</summary>
internal static class SessionRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapPost("/session", (AccountCall call, SigningInByCookie signingIn, CancellationToken ct) => signingIn.BeginAsync(call, ct)).Limit(RateLimits.SignIn);
        api.MapGet("/session", Get).RequireAccount("SESSION_INVALID").Limit(RateLimits.Reads);
        api.MapPatch("/session", PatchAsync).RequireAccount("SESSION_INVALID").Limit(RateLimits.Changes);
        // Whoever it is, and whether or not there is a session: leaving always works.
        api.MapDelete("/session", DeleteAsync).Limit(RateLimits.Reads);
        api.MapGet("/sessions", ListAsync).RequireAccount("SESSION_INVALID").Limit(RateLimits.Reads);
        api.MapDelete("/sessions/{id}", DeleteOneAsync).RequireAccount("SESSION_INVALID").Limit(RateLimits.Changes);
        api.MapDelete("/sessions", DeleteOthersAsync).RequireAccount("SESSION_INVALID").Limit(RateLimits.Changes);
    }

    private static IResult Get(AccountCall call) => Answer(OwnSession(call), call);

    private static async Task<IResult> PatchAsync(AccountCall call, AccountSessions sessions, IDatabase database, CancellationToken ct)
    {
        var session = OwnSession(call);
        var patch = await call.ReadAsync(AccountJson.Default.SessionPatch, ct);
        var errors = new FieldErrors();
        if (patch.Locale is { Length: > 0 } locale && (locale.Length > 35 || LanguageTags.Find(locale) is null)) errors.Add("locale", "LANGUAGE");
        if (patch.Data is { } data && SessionData.Patch("{}", data) is null) errors.Add("data", "SESSION_DATA");
        errors.ThrowIfAny();
        var signInEndsAt = await database.ReadAsync(
            async stores => session.IsRemote
                ? (await stores.RemoteSignIns.FindAsync(session.FamilyId, ct))?.ExpiresAt
                : (await stores.Families.FindAsync(session.FamilyId, ct))?.ExpiresAt,
            ct) ?? throw Problems.Of("SESSION_INVALID");
        var isTooLarge = false;
        var changed = await sessions.ChangeAsync(
            session.Key,
            present =>
            {
                var kept = patch.Data is { ValueKind: not JsonValueKind.Null } change ? SessionData.Patch(present.Data, change) : present.Data;
                isTooLarge = kept is null;
                if (kept is null) return null;
                var next = present with { Data = kept, Locale = patch.Locale is null ? present.Locale : patch.Locale.Length == 0 ? null : patch.Locale };
                return patch.Remember is { } remember ? SessionRules.Remember(next, remember, signInEndsAt, call.Now) : next;
            },
            call.Now,
            ct);
        if (isTooLarge) errors.Add("data", "SESSION_DATA");
        errors.ThrowIfAny();
        return Answer(changed ?? throw Problems.Of("SESSION_INVALID"), call);
    }

    private static async Task<IResult> DeleteAsync(AccountCall call, SessionCallers callers, Audit audit, IDatabase database, CancellationToken ct)
    {
        if (SessionCookie.Read(call.Http.Request) is { } cookie && await callers.EndAsync(call, cookie, ct) is var (session, account, _, _))
        {
            var entry = audit.Entry(call, "session.ended", session.Key.Value, account.Id) with { Application = account.Application, Actor = account.Id };
            await database.WriteAsync(
                async unit =>
                {
                    await unit.Audit.AddAsync(entry, ct);
                    return true;
                },
                ct);
        }

        // Last: who was told that it can't be done still has the cookie to do it with.
        SessionCookie.Clear(call.Http.Response);
        return Message("Signed out");
    }

    private static async Task<IResult> ListAsync(AccountCall call, AccountSessions sessions, CancellationToken ct)
    {
        var current = call.SignedIn.Session?.Key;
        var entries = (await sessions.ListAsync(call.Account.Id, call.Now, ct))
            .Select(s => new SessionEntry(s.Key.Value, s.Device, s.Address, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Key == current))
            .ToArray();
        return Results.Json(new SessionList(entries), AccountJson.Default.SessionList);
    }

    private static async Task<IResult> DeleteOneAsync(AccountCall call, string id, AccountSessions sessions, Audit audit, CancellationToken ct)
    {
        var key = new SessionKey(id);
        if (!await sessions.RevokeAsync(call.Account.Id, key, call.Now, ct)) throw Problems.NotFound();
        if (call.SignedIn.Session?.Key == key) SessionCookie.Clear(call.Http.Response);
        await audit.RecordAsync(call, "session.ended", ct, id);
        return Message("Session ended");
    }

    // With a bearer token there is no session that is this one: all end. Its own tokens go on unless a session came from the same sign-in.
    private static async Task<IResult> DeleteOthersAsync(AccountCall call, AccountSessions sessions, Audit audit, CancellationToken ct)
    {
        await sessions.RevokeAllAsync(call.Account.Id, call.SignedIn.Session?.Key, call.Now, ct);
        await audit.RecordAsync(call, "sessions.ended", ct);
        return Message("Sessions ended");
    }

    // A bearer token is no session.
    private static AccountSession OwnSession(AccountCall call) => call.SignedIn.Session ?? throw Problems.Of("SESSION_INVALID");

    private static IResult Answer(AccountSession session, AccountCall call) =>
        Results.Json(SessionAnswer.Of(session, call.SignedIn), AccountJson.Default.SessionAnswer);

    private static IResult Message(string text) => Results.Json(new MessageAnswer(text), AccountJson.Default.MessageAnswer);
}
