using System.Collections.Concurrent;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Amazon;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Remote;

/// <summary>Somebody whose sign-in at another pool lives.</summary>
/// <param name="User">Who, as the pool says.</param>
/// <param name="AccessToken">For calls to the pool in their name.</param>
internal sealed record RemoteUser(PoolUser User, string AccessToken);

/// <summary>
/// Asks a pool of Amazon's whether a sign-in that is stored here lives, and goes on with it: with the access token as long as that lasts, then with a new one by
/// the refresh token. Of many requests, on any node, one asks for new tokens and the others wait for them, for a refresh token may be good only once.
/// </summary>
internal sealed class RemoteSignIns(IUserPools pools, IDatabase database, RemoteTokenSeal seal, RealTime realTime)
{
    // Before the end: a token that ends on its way to the pool is a failed request.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    // What this node asks for now: its requests wait for each other here, and for other nodes' by the database.
    private readonly ConcurrentDictionary<(string Id, long Version), Lazy<Task<RemoteUser?>>> _running = new();

    /// <summary>Who it is; null where the sign-in has ended, or its user may not sign in now. What is over at the pool is removed with its sessions.</summary>
    /// <exception cref="CognitoException">The pool can't be asked, so that nobody knows.</exception>
    public async ValueTask<RemoteUser?> FindAsync(Application application, RemoteSignIn signIn, CancellationToken ct)
    {
        if (signIn.HasEnded || seal.Open(signIn) is not { } tokens) return null;
        if (!signIn.CanRefresh || signIn.AccessExpiresAt - realTime.Clock.GetUtcNow() > Margin)
        {
            var (user, problem) = await pools.Of(application).FindUserAsync(tokens.Access, ct);
            if (user is not null) return new RemoteUser(user, tokens.Access);
            if (problem is not AccessTokenProblem.Expired || !signIn.CanRefresh) return await OverAsync(signIn, problem, ct);
        }

        return await RefreshAsync(application, signIn, tokens, ct);
    }

    /// <summary>A sign-in as it is stored; its tokens are verified already.</summary>
    public RemoteSignIn Of(
        Core.Accounts.Account account, string signInId, ClientId client, RemoteTokens tokens, DateTimeOffset accessExpiresAt, DateTimeOffset expiresAt, DateTimeOffset now) => new()
    {
        Id = signInId,
        AccountId = account.Id,
        Application = account.Application,
        PoolId = account.PoolId,
        Sub = account.Sub,
        ClientId = client,
        SealedTokens = seal.Seal(tokens, account.Id, signInId),
        CanRefresh = tokens.Refresh is not null,
        AccessExpiresAt = accessExpiresAt,
        ExpiresAt = expiresAt,
        CheckedAt = now,
    };

    /// <summary>Has the pool revoke an ended sign-in, if there is something to revoke.</summary>
    /// <exception cref="CognitoException">The pool can't be asked.</exception>
    public async ValueTask RevokeAsync(Application application, RemoteSignIn signIn, CancellationToken ct)
    {
        if (seal.Open(signIn)?.Refresh is not { } refresh) return;
        try
        {
            var request = new RevokeTokenRequest { ClientId = signIn.ClientId.Value, Token = refresh };
            await pools.Of(application).CallAsync("RevokeToken", request, Json.RevokeTokenRequest, Json.RevokeTokenResponse, Origin.Unknown, ct);
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            // It is over there already, or the client's tokens can't be revoked; again would be no other answer.
        }
    }

    private async ValueTask<RemoteUser?> RefreshAsync(Application application, RemoteSignIn signIn, RemoteTokens tokens, CancellationToken ct)
    {
        var key = (signIn.Id, signIn.Version);
        // Not with the request's own cancellation: what is asked for may come once only, and a browser that leaves must not lose it.
        var running = _running.GetOrAdd(key, _ => new Lazy<Task<RemoteUser?>>(() => RefreshOnceAsync(application, signIn, tokens, CancellationToken.None)));
        try
        {
            return await running.Value.WaitAsync(ct);
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(key, running));
        }
    }

    private async Task<RemoteUser?> RefreshOnceAsync(Application application, RemoteSignIn signIn, RemoteTokens tokens, CancellationToken ct)
    {
        var budget = application.Amazon!.Budget;
        var start = realTime.Clock.GetTimestamp();
        while (true)
        {
            var now = realTime.Clock.GetUtcNow();
            if (await database.WriteAsync(unit => unit.RemoteSignIns.ClaimRefreshAsync(signIn.Id, signIn.Version, now + budget + budget, now, ct), ct))
                return await RefreshClaimedAsync(application, signIn, tokens, ct);
            if (await database.ReadAsync(stores => stores.RemoteSignIns.FindAsync(signIn.Id, ct), ct) is not { HasEnded: false } present) return null;
            if (present.Version != signIn.Version) return await FindRefreshedAsync(application, present, ct);
            if (realTime.Clock.GetElapsedTime(start) > budget) throw AmazonCalls.Away();
            await Task.Delay(Look, realTime.Clock, ct);
        }
    }

    private async ValueTask<RemoteUser?> RefreshClaimedAsync(Application application, RemoteSignIn signIn, RemoteTokens tokens, CancellationToken ct)
    {
        var pool = pools.Of(application);
        var request = new GetTokensFromRefreshTokenRequest { ClientId = signIn.ClientId.Value, RefreshToken = tokens.Refresh };
        AuthenticationResultType? result;
        try
        {
            result = (await pool.CallAsync(
                "GetTokensFromRefreshToken", request, Json.GetTokensFromRefreshTokenRequest, Json.GetTokensFromRefreshTokenResponse, Origin.Unknown, ct)).AuthenticationResult;
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            return await OverAsync(signIn, refused.PublicMessage == "User is disabled." ? AccessTokenProblem.UserDisabled : AccessTokenProblem.Revoked, ct);
        }
        catch (CognitoException)
        {
            await database.WriteAsync(ReleaseAsync, ct);
            throw;
        }

        var access = result?.AccessToken ?? throw AmazonCalls.Away();
        var (user, problem) = await pool.FindUserAsync(access, ct);
        // A refresh token leads to its own user's tokens; anything else is nothing that this person should have.
        if (user is null || user.User.Sub != signIn.Sub) return await OverAsync(signIn, problem, ct);
        var fresh = new RemoteTokens(access, result.RefreshToken ?? tokens.Refresh);
        var refreshed = signIn with { SealedTokens = seal.Seal(fresh, signIn.AccountId, signIn.Id), AccessExpiresAt = user.ExpiresAt };
        await database.WriteAsync(unit => unit.RemoteSignIns.RefreshAsync(refreshed, ct), ct);
        return new RemoteUser(user, access);

        async ValueTask<bool> ReleaseAsync(IUnitOfWork unit)
        {
            await unit.RemoteSignIns.ReleaseAsync(signIn.Id, signIn.Version, ct);
            return true;
        }
    }

    // Somebody else has just got these tokens; where they are refused all the same, there is nothing more to try.
    private async ValueTask<RemoteUser?> FindRefreshedAsync(Application application, RemoteSignIn signIn, CancellationToken ct)
    {
        if (seal.Open(signIn) is not { } tokens) return null;
        var (user, problem) = await pools.Of(application).FindUserAsync(tokens.Access, ct);
        return user is null ? await OverAsync(signIn, problem, ct) : new RemoteUser(user, tokens.Access);
    }

    // Somebody disabled may be enabled again, and a token that can't be read may be our mistake; the others are over for good.
    private async ValueTask<RemoteUser?> OverAsync(RemoteSignIn signIn, AccessTokenProblem problem, CancellationToken ct)
    {
        if (problem is not (AccessTokenProblem.Revoked or AccessTokenProblem.UserNotFound or AccessTokenProblem.Expired)) return null;
        await database.WriteAsync(
            async unit =>
            {
                // One that was ended here stays until the pool has heard of it.
                if (await unit.RemoteSignIns.FindAsync(signIn.Id, ct) is { HasEnded: false }) await unit.RemoteSignIns.RemoveAsync(signIn.Id, ct);
                return true;
            },
            ct);
        return null;
    }
}
