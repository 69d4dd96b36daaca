using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tokens;

/// <summary>
/// An access token for a client itself, which proves its secret. Signed calls are served like unsigned ones; nobody looks at the
/// signature. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html
/// </summary>
internal sealed class GetClientToken(Resources resources, ClientTokens tokens) : IOperation<GetClientTokenRequest, GetClientTokenResponse>
{
    public async ValueTask<GetClientTokenResponse> HandleAsync(GetClientTokenRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        // A client without a secret has nothing to prove itself by, so it never gets a token.
        if (!client.IsConfidential || SecretHash.CheckPlain(client, request.Secret) != ClientProof.Valid)
            throw CognitoException.NotAuthorized("Invalid client or secret");
        if (!AuthFlowNames.Allowed(client.Settings).HasFlag(AuthFlows.ClientToken)) throw Refusals.Of(new Refusal.FlowNotEnabled("CLIENT_TOKEN_AUTH"), client);
        var outcome = await tokens.IssueAsync(pool, client, request.Scopes, request.ClientMetadata, call.Now, ct);
        if (outcome.Refusal is { } refusal) throw Refusals.Of(refusal, client);
        return new GetClientTokenResponse
        {
            ClientAuthenticationResult = new ClientAuthenticationResultType
            {
                AccessToken = outcome.Value.AccessToken,
                ExpiresIn = (int)outcome.Value.Lifetime.TotalSeconds,
                TokenType = "Bearer",
            },
        };
    }
}
