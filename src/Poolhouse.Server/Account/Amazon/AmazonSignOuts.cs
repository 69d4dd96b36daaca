using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>
/// Ends single sign-ins. Amazon ends one by its refresh token only, and all of a user by an access token; what is wanted here is one, by its access
/// token. So it is noted that it has ended, which every node asks about: whatever descends from it, refreshed or not, is nobody's here any more. Where
/// the refresh token comes along, the pool revokes it too.
/// </summary>
internal sealed class AmazonSignOuts(AmazonCalls calls, AmazonFacts facts, AmazonTokens tokens, Application application, IDatabase database, TimeProvider clock)
{
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>What is spent when a user was removed by this API.</summary>
    public static string UserId(PoolId pool, Sub sub) => $"amazon-user/{pool}/{sub}";

    /// <summary>Whether a sign-in was ended here, or its user removed.</summary>
    public ValueTask<bool> HasEndedAsync(AmazonToken token, CancellationToken ct) => database.ReadAsync(
        async stores => await stores.Spent.IsSpentAsync(IdOf(token.SignInId), ct) || await stores.Spent.IsSpentAsync(UserId(application.PoolId, token.Sub), ct), ct);

    /// <summary>Notes that the pool has ended all sign-ins of a user.</summary>
    public async ValueTask EndAllAsync(AmazonToken token, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + (await facts.GetAsync(ct)).RefreshLife + TimeSpan.FromDays(1);
        await database.WriteAsync(
            async unit =>
            {
                await unit.RemoteSignIns.EndOfUserAsync(application.PoolId, token.Sub, ct);
                return await unit.Spent.SpendAsync(IdOf(token.SignInId), until, ct);
            },
            ct);
    }

    /// <summary>Ends the sign-in of an access token.</summary>
    /// <param name="token">Verified.</param>
    /// <param name="refreshToken">Of the same sign-in; null where it didn't come along.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The pool can't be asked; nothing has ended then, and it can be done again.</exception>
    public async ValueTask EndAsync(AmazonToken token, string? refreshToken, CancellationToken ct)
    {
        var known = await facts.GetAsync(ct);
        if (refreshToken is not null) await RevokeAsync(token, refreshToken, ct);
        var until = clock.GetUtcNow() + known.RefreshLife + TimeSpan.FromDays(1);
        await database.WriteAsync(
            async unit =>
            {
                // Where a session or a WebSocket goes on with it, its refresh token is known here, and the pool hears of it too.
                await unit.RemoteSignIns.EndAsync(token.SignInId, clock.GetUtcNow(), ct);
                return await unit.Spent.SpendAsync(IdOf(token.SignInId), until, ct);
            },
            ct);
    }

    /// <summary>Whether a refresh token is of the sign-in of an access token; null if it is. It isn't used up.</summary>
    /// <remarks>
    /// Only the pool can open it, so it is asked for new tokens, which name the sign-in that they descend from. REFRESH_TOKEN_AUTH is not open to
    /// clients whose refresh tokens rotate (API_RefreshTokenRotationType); theirs could only be proven by using them up, and are not accepted here.
    /// </remarks>
    public async ValueTask<SignInTokensProblem?> ProveAsync(AmazonToken access, string refreshToken, CancellationToken ct)
    {
        try
        {
            var request = new InitiateAuthRequest
            {
                ClientId = access.ClientId.Value,
                AuthFlow = "REFRESH_TOKEN_AUTH",
                AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["REFRESH_TOKEN"] = refreshToken, ["USERNAME"] = access.Claims.GetValueOrDefault("username") ?? access.Sub.Value,
                },
            };
            var answer = await calls.CallAsync("InitiateAuth", request, Json.InitiateAuthRequest, Json.InitiateAuthResponse, Origin.Unknown, ct);
            if (answer.AuthenticationResult?.AccessToken is not { } refreshed || (await tokens.VerifyAsync(refreshed, "access", ct)).Token is not { } descendant)
                return SignInTokensProblem.Invalid;
            return descendant.Sub == access.Sub && descendant.ClientId == access.ClientId && descendant.SignInId == access.SignInId ? null : SignInTokensProblem.Mismatch;
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            return refused.PublicMessage switch
            {
                "Refresh Token has been revoked" => SignInTokensProblem.Revoked,
                "Refresh Token has expired" => SignInTokensProblem.Expired,
                _ => SignInTokensProblem.Invalid,
            };
        }
    }

    private async ValueTask RevokeAsync(AmazonToken token, string refreshToken, CancellationToken ct)
    {
        try
        {
            var request = new RevokeTokenRequest { ClientId = token.ClientId.Value, Token = refreshToken };
            await calls.CallAsync("RevokeToken", request, Json.RevokeTokenRequest, Json.RevokeTokenResponse, Origin.Unknown, ct);
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            // It is none, or of another client: then it is not what the person signs out with. The sign-in ends here all the same.
        }
    }

    private string IdOf(string signInId) => $"amazon-sign-in/{application.PoolId}/{signInId}";
}
