using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>One application's pool at Amazon. The rules that a pool of this server keeps (guesses, codes, locks, quotas) are Amazon's own there.</summary>
internal sealed class AmazonUserPool(
    Application application, AmazonCalls calls, AmazonFacts facts, AmazonSignUps signUps, AmazonTokens tokens, AmazonLiveness liveness, AmazonSignOuts signOuts,
    SessionShape sessions)
    : IUserPoolGateway
{
    public string ClientId => application.ClientId.Value;

    public async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
        where TRequest : class
    {
        var answer = await calls.CallAsync(operation, request, input, output, origin, ct);
        switch (request)
        {
            case GlobalSignOutRequest { AccessToken: { } token }:
                await EndAllAsync(token, ct);
                break;
            case AdminUpdateUserAttributesRequest { Username: { } username }:
                liveness.Forget(username);
                break;
        }

        return answer;
    }

    public ValueTask<SignUpResponse> SignUpAsync(
        SignUpRequest request, AddressProof proof, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) =>
        signUps.SignUpAsync(request, proof, along, origin, ct);

    public ValueTask ConfirmAsync(string username, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) =>
        signUps.ConfirmAsync(username, along, origin, ct);

    public async ValueTask<(PoolUser? User, AccessTokenProblem Problem)> FindUserAsync(string accessToken, CancellationToken ct)
    {
        var (token, problem) = await tokens.VerifyAsync(accessToken, "access", ct);
        if (token is null) return (null, problem);
        if (!token.HasUserScope) return (null, AccessTokenProblem.MissingScope);
        if (await signOuts.HasEndedAsync(token, ct)) return (null, AccessTokenProblem.Revoked);
        (var user, problem) = await liveness.AskAsync(accessToken, token.Sub, ct);
        return user is null
            ? (null, problem)
            : (new PoolUser(user with { IsOperator = token.Groups.Contains(SignedIn.Operators) }, token.Groups, token.SignInId, token.AuthenticatedAt, token.ExpiresAt), default);
    }

    public async ValueTask<(PoolSignIn? SignIn, SignInTokensProblem Problem)> FindSignInAsync(
        string accessToken, string idToken, string refreshToken, bool mayHaveEnded, CancellationToken ct)
    {
        var (access, accessProblem) = await tokens.VerifyAsync(accessToken, "access", ct);
        if (access is null) return (null, Of(accessProblem));
        if (!access.HasUserScope) return (null, SignInTokensProblem.Invalid);
        var (id, idProblem) = await tokens.VerifyAsync(idToken, "id", ct);
        if (id is null) return (null, Of(idProblem));
        if (id.Sub != access.Sub || id.ClientId != access.ClientId || id.SignInId != access.SignInId) return (null, SignInTokensProblem.Mismatch);
        var known = await facts.GetAsync(ct);
        var expiresAt = access.AuthenticatedAt + known.RefreshLife;
        if (mayHaveEnded)
        {
            // A refresh token is sealed, and the pool opens no dead one: the two that are signed say whose sign-in ended.
            var name = access.Claims.GetValueOrDefault("username") ?? access.Sub.Value;
            return (new PoolSignIn(new SeenUser(application.PoolId, access.Sub, name, id.Claims), access.SignInId, expiresAt), default);
        }

        var (user, problem) = await FindUserAsync(accessToken, ct);
        if (user is null) return (null, Of(problem));
        var refreshProblem = await signOuts.ProveAsync(access, refreshToken, ct);
        return refreshProblem is { } refused ? (null, refused) : (new PoolSignIn(user.User, user.FamilyId, expiresAt), default);
    }

    public async ValueTask SignOutAsync(string accessToken, string? refreshToken, CancellationToken ct)
    {
        var (token, problem) = await tokens.VerifyAsync(accessToken, "access", ct);
        if (token is null) throw AccessTokenErrors.Of(problem);
        await signOuts.EndAsync(token, refreshToken, ct);
        liveness.Forget(token.Sub.Value);
    }

    public async ValueTask<PasswordRules> FindPasswordRulesAsync(CancellationToken ct) => (await facts.GetAsync(ct)).Passwords;

    public async ValueTask<string?> PretendSessionAsync(CancellationToken ct) => (await facts.GetAsync(ct)).GivesSessions ? sessions.Make() : null;

    /// <summary>Attributes by their names.</summary>
    public static Dictionary<string, string> AttributesOf(IReadOnlyList<AttributeType>? attributes)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes ?? [])
            if (attribute.Name is { } name) result[name] = attribute.Value ?? "";
        return result;
    }

    private async ValueTask EndAllAsync(string accessToken, CancellationToken ct)
    {
        if ((await tokens.VerifyAsync(accessToken, "access", ct)).Token is not { } token) return;
        await signOuts.EndAllAsync(token, ct);
        liveness.Forget(token.Sub.Value);
    }

    private static SignInTokensProblem Of(AccessTokenProblem problem) => problem switch
    {
        AccessTokenProblem.Expired => SignInTokensProblem.Expired,
        AccessTokenProblem.Revoked => SignInTokensProblem.Revoked,
        AccessTokenProblem.UserNotFound => SignInTokensProblem.UserNotFound,
        AccessTokenProblem.UserDisabled => SignInTokensProblem.UserDisabled,
        AccessTokenProblem.UserNotConfirmed => SignInTokensProblem.UserNotConfirmed,
        _ => SignInTokensProblem.Invalid,
    };
}
