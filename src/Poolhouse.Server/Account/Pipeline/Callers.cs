using System.Buffers.Text;
using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Account.Pipeline;

/// <summary>Finds out who calls.</summary>
internal sealed class Callers(Applications applications, IUserPools pools, AccountRecords accounts)
{
    /// <summary>Who calls; null for who brings no credentials.</summary>
    /// <exception cref="ProblemException">The credentials are not accepted: a client must learn that its user is no longer signed in.</exception>
    public async ValueTask<SignedIn?> FindAsync(AccountCall call, CancellationToken ct)
    {
        if (call.Http.Request.Headers.Authorization.Count == 0) return null;
        return Bearer.Of(call.Http) is { } token ? await OfTokenAsync(token, call.Now, ct) : throw Problems.TokenInvalid();
    }

    /// <summary>Whose an access token is.</summary>
    /// <exception cref="ProblemException">It is not accepted.</exception>
    public async ValueTask<SignedIn> OfTokenAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        // What the token says of itself only chooses who is asked; that one verifies it.
        if (Claimed(token) is not var (pool, client) || applications.Find(pool, client) is not { } application) throw Problems.TokenInvalid();
        var (user, problem) = await pools.Of(application).FindUserAsync(token, ct);
        if (user is null) throw PoolProblems.Of(problem);
        var account = await accounts.SeeAsync(application, user.User, now, ct);
        return new SignedIn(application, account, user.Groups, user.FamilyId, user.AuthenticatedAt, token);
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
