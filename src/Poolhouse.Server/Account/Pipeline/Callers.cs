using System.Buffers.Text;
using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Account.Sessions;

namespace Poolhouse.Server.Account.Pipeline;

/// <summary>Finds out who calls.</summary>
internal sealed class Callers(Applications applications, IUserPools pools, AccountRecords accounts, SessionCallers sessions)
{
    /// <summary>Who calls; null for who brings no credentials.</summary>
    /// <exception cref="ProblemException">The credentials are not accepted: a client must learn that its user is no longer signed in.</exception>
    public async ValueTask<SignedIn?> FindAsync(AccountCall call, CancellationToken ct)
    {
        var cookie = SessionCookie.Read(call.Http.Request);
        if (call.Http.Request.Headers.Authorization.Count == 0) return cookie is null ? null : await sessions.DemandAsync(call, cookie, ct);
        var caller = Bearer.Of(call.Http) is { } token ? await OfTokenAsync(token, call.Now, ct) : throw Problems.TokenInvalid();
        // One of them is somebody else's: nobody could say whom the request is meant for. A cookie that is no session's says nothing.
        if (cookie is not null && await sessions.FindAsync(call, cookie, ct) is { } other && other.Account.Id != caller.Account.Id) throw Problems.Forbidden();
        return caller;
    }

    /// <summary>Whose an access token is.</summary>
    /// <exception cref="ProblemException">It is not accepted.</exception>
    public async ValueTask<SignedIn> OfTokenAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        var application = ClaimedApplication(token);
        var (user, problem) = await pools.Of(application).FindUserAsync(token, ct);
        if (user is null) throw PoolProblems.Of(problem);
        var account = await accounts.SeeAsync(application, user.User, now, ct);
        return new SignedIn(application, account, user.Groups, user.FamilyId, user.AuthenticatedAt, new Lazy<string>(token));
    }

    /// <summary>The application that an access token says it is for. What a token says of itself only chooses who is asked; that one verifies it.</summary>
    /// <exception cref="ProblemException">TOKEN_INVALID: it is for none.</exception>
    public Application ClaimedApplication(string token) => MaybeClaimedApplication(token) ?? throw Problems.TokenInvalid();

    /// <summary>The same; null where it is for none.</summary>
    public Application? MaybeClaimedApplication(string token) => Claimed(token) is var (pool, client) ? applications.Find(pool, client) : null;

    /// <summary>The client that a token says it was given to, and its end; for one that is verified.</summary>
    public static (ClientId Client, DateTimeOffset EndsAt) ClientAndEndOf(string token)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        return (new ClientId(json.RootElement.GetProperty("client_id"u8).GetString()!), DateTimeOffset.FromUnixTimeSeconds(json.RootElement.GetProperty("exp"u8).GetInt64()));
    }

    private static (PoolId Pool, ClientId Client)? Claimed(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1])) return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var issuer = json.RootElement.GetProperty("iss"u8).GetString()!;
            return (new PoolId(issuer[(issuer.LastIndexOf('/') + 1)..]), new ClientId(json.RootElement.GetProperty("client_id"u8).GetString()!));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            return null;
        }
    }
}
