using Poolhouse.Core.Events;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Sessions;

namespace Poolhouse.Server.Account;

/// <summary>The home feed.</summary>
/// <param name="Activities">Newest first.</param>
/// <param name="SignedIn">Whether the caller's own activity is among them.</param>
internal sealed record HomeFeed(IReadOnlyList<Activity> Activities, bool SignedIn);

/// <summary>One entry: an announcement, or something that happened to the caller's account (then its kind says what).</summary>
internal sealed record Activity(string Id, string Kind, string? Title, string? Body, DateTimeOffset CreatedAt);

/// <summary><c>GET /api/v1/activities/home</c>: public entries; the caller's own too for a verified access token.</summary>
internal static class HomeActivities
{
    private const int Announcements = 20;
    private const int OwnEvents = 20;

    public static async Task<IResult> GetAsync(AccountCall call, AccessTokens tokens, Callers callers, IUserPools pools, SessionCallers sessions, IDatabase database, CancellationToken ct)
    {
        var http = call.Http;
        http.Response.Headers.Vary = "Authorization, Cookie";
        (PoolId Pool, Sub Sub)? person = null;
        if (http.Request.Headers.Authorization.ToString().Length > 0)
        {
            // A wrong token is an error, not a stranger: a client must learn that its user is no longer signed in.
            if (Bearer.Of(http) is not { } token) throw Problems.TokenInvalid();
            person = callers.MaybeClaimedApplication(token) is { Amazon: not null } application
                ? await AtAmazonAsync(pools.Of(application), token, ct)
                : await HereAsync(tokens, token, call.Now, ct);
        }
        else if (SessionCookie.Read(http.Request) is { } cookie)
        {
            var account = (await sessions.DemandAsync(call, cookie, ct)).Account;
            person = (account.PoolId, account.Sub);
        }

        var (announcements, events) = await database.ReadAsync(async stores => (
            await stores.Events.ListAnnouncementsAsync(Announcements, ct),
            person is not var (pool, sub) ? [] : await stores.Events.ListAsync(pool, sub, OwnEvents, ct)), ct);
        var activities = announcements.Select(a => new Activity(a.Id, "announcement", a.Title, a.Body, a.At))
            .Concat(events.Select(e => new Activity(e.Id, Name(e.Kind), null, null, e.At)))
            .OrderByDescending(a => a.CreatedAt)
            .ToArray();
        return Results.Json(new HomeFeed(activities, person is not null), AccountJson.Default.HomeFeed);
    }

    // Of any pool and client of this server, whether or not an application is in front of it.
    private static async ValueTask<(PoolId Pool, Sub Sub)> HereAsync(AccessTokens tokens, string token, DateTimeOffset now, CancellationToken ct)
    {
        var (caller, problem) = await tokens.FindCallerAsync(token, now, ct);
        return caller is null ? throw PoolProblems.Of(problem) : (caller.Pool.Id, caller.User.Sub);
    }

    private static async ValueTask<(PoolId Pool, Sub Sub)> AtAmazonAsync(IUserPoolGateway pool, string token, CancellationToken ct)
    {
        var (user, problem) = await pool.FindUserAsync(token, ct);
        return user is null ? throw PoolProblems.Of(problem) : (user.User.PoolId, user.User.Sub);
    }

    /// <summary>A kind of event as clients read it.</summary>
    public static string Name(UserEventKind kind) => kind switch
    {
        UserEventKind.SignedUp => "signed_up",
        UserEventKind.Confirmed => "confirmed",
        UserEventKind.SignedIn => "signed_in",
        UserEventKind.PasswordChanged => "password_changed",
        UserEventKind.PasswordReset => "password_reset",
        UserEventKind.SignedOutEverywhere => "signed_out_everywhere",
        UserEventKind.AttributesChanged => "attributes_changed",
        UserEventKind.Disabled => "disabled",
        _ => "enabled",
    };
}
