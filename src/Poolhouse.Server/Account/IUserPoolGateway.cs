using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account;

/// <summary>A user of a pool, as an accepted access token shows it.</summary>
/// <param name="User">Who it is.</param>
/// <param name="Groups">The groups that the token names.</param>
/// <param name="FamilyId">The sign-in that the token descends from.</param>
/// <param name="AuthenticatedAt">When the person last proved who they are.</param>
/// <param name="ExpiresAt">When the token's time is over.</param>
internal sealed record PoolUser(SeenUser User, IReadOnlyList<string> Groups, string FamilyId, DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt);

/// <summary>A sign-in that three tokens proved together.</summary>
/// <param name="User">Who signed in.</param>
/// <param name="FamilyId">The sign-in.</param>
/// <param name="ExpiresAt">When it can no longer be refreshed.</param>
internal sealed record PoolSignIn(SeenUser User, string FamilyId, DateTimeOffset ExpiresAt);

/// <summary>
/// The user pool behind an application of the account API, spoken to in Cognito's own protocol, so that the API is written once for pools of this
/// server and for Amazon's.
/// </summary>
internal interface IUserPoolGateway
{
    /// <summary>The client that the account API is.</summary>
    string ClientId { get; }

    /// <summary>Calls one operation of <c>cognito-idp</c>.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="request">What it takes.</param>
    /// <param name="input">How that is written.</param>
    /// <param name="output">How its answer is read.</param>
    /// <param name="origin">Where the person is.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The operation's own refusal.</exception>
    ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
        where TRequest : class;

    /// <summary>
    /// SignUp, with what belongs to the same transaction: either both happen or neither. At Amazon, where no transaction reaches, a crash between may leave
    /// the user alone; their account is then made when they sign in.
    /// </summary>
    /// <param name="request">What SignUp takes.</param>
    /// <param name="proof">How the address is proven. By Link the pool sends no code; Given makes a confirmed user with a verified address.</param>
    /// <param name="along">Called with the new user; what it throws undoes all. It may run again, and touches nothing outside the database.</param>
    /// <param name="origin">Where the person is.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The operation's own refusal.</exception>
    ValueTask<SignUpResponse> SignUpAsync(
        SignUpRequest request, AddressProof proof, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct);

    /// <summary>AdminConfirmSignUp of a user whose e-mail address is proven, and so verified by it, with what belongs to the same transaction.</summary>
    /// <param name="username">The user's name at the pool.</param>
    /// <param name="along">Called with the user as it is before; what it throws undoes all. It may run again, and touches nothing outside the database.</param>
    /// <param name="origin">Where the person is.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The operation's own refusal: NotAuthorizedException where the user is confirmed already.</exception>
    ValueTask ConfirmAsync(string username, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct);

    /// <summary>Whose an access token is, or why it is not accepted. Revocation is felt at once; what was revoked at Amazon itself, within seconds.</summary>
    ValueTask<(PoolUser? User, AccessTokenProblem Problem)> FindUserAsync(string accessToken, CancellationToken ct);

    /// <summary>The sign-in that an access, an ID and a refresh token are of, or why not. None is used up.</summary>
    /// <param name="accessToken">The access token.</param>
    /// <param name="idToken">The ID token.</param>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="mayHaveEnded">Whether a sign-in that was revoked will do.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<(PoolSignIn? SignIn, SignInTokensProblem Problem)> FindSignInAsync(
        string accessToken, string idToken, string refreshToken, bool mayHaveEnded, CancellationToken ct);

    /// <summary>Ends the sign-in that an access token descends from, and no other.</summary>
    /// <param name="accessToken">The access token.</param>
    /// <param name="refreshToken">The sign-in's refresh token: Amazon ends a sign-in by nothing else. Null where it isn't known.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="CognitoException">The token is not accepted.</exception>
    ValueTask SignOutAsync(string accessToken, string? refreshToken, CancellationToken ct);

    /// <summary>The pool's rules for passwords.</summary>
    ValueTask<PasswordRules> FindPasswordRulesAsync(CancellationToken ct);

    /// <summary>A session that leads nowhere and looks like the one of a new account; null where those have none.</summary>
    ValueTask<string?> PretendSessionAsync(CancellationToken ct);
}

/// <summary>The gateways of the applications.</summary>
internal interface IUserPools
{
    /// <summary>The pool behind an application.</summary>
    IUserPoolGateway Of(Application application);
}
