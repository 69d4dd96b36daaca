using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.Sessions;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tokens;

/// <summary>Ends the sign-in that a refresh token descends from. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html</summary>
internal sealed class RevokeToken(Resources resources, SignOuts signOuts) : IOperation<RevokeTokenRequest, RevokeTokenResponse>
{
    public async ValueTask<RevokeTokenResponse> HandleAsync(RevokeTokenRequest request, CallContext call, CancellationToken ct)
    {
        // The model has no ResourceNotFoundException here: an unknown client is told like a wrong secret.
        if (await resources.FindClientAsync(request.ClientId!, ct) is not { } client || SecretHash.CheckPlain(client, request.ClientSecret) != ClientProof.Valid)
            throw CognitoException.Unauthorized("Invalid client or secret");
        if (!client.Settings.EnableTokenRevocation) throw CognitoException.UnsupportedOperation("This API is not enabled for the client");
        SessionMapping.DemandKnown(request.RevokeAssociatedSessions);
        return await signOuts.RevokeAsync(client, request.Token!, call.Now, ct) switch
        {
            null => new RevokeTokenResponse(),
            Refusal.RefreshInvalid => throw CognitoException.UnsupportedTokenType("Unsupported token type"),
            Refusal.RefreshOfOtherClient => throw CognitoException.Unauthorized("Refresh Token has different Client"),
            var refusal => throw Refusals.Of(refusal, client),
        };
    }
}
