using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Sessions;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account;

/// <summary>
/// The user pool behind the account API, spoken to in Cognito's own protocol, so that the API is written once for pools of this server
/// and for Amazon's.
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

    /// <summary>Ends the sign-in that an access token descends from, and no other.</summary>
    /// <exception cref="CognitoException">The token is not accepted.</exception>
    ValueTask SignOutAsync(string accessToken, CancellationToken ct);

    /// <summary>A session that leads nowhere and looks like the one of a new account.</summary>
    string PretendSession();
}
