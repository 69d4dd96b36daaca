using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.SignIn;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tokens;

/// <summary>New tokens for a refresh token, rotated where the client rotates. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html</summary>
internal sealed class GetTokensFromRefreshToken(Resources resources, Refreshes refreshes)
    : IOperation<GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse>
{
    public async ValueTask<GetTokensFromRefreshTokenResponse> HandleAsync(
        GetTokensFromRefreshTokenRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        DemandSecret(client, request.ClientSecret);
        var outcome = await refreshes.RefreshAsync(
            pool, client, request.RefreshToken!, request.DeviceKey, proves: null, request.ClientMetadata, call.Origin, call.Now, ct);
        if (outcome.Refusal is { } refusal) throw Explain(refusal, client);
        return new GetTokensFromRefreshTokenResponse { AuthenticationResult = SignInMapping.Result(outcome.Value) };
    }

    private static void DemandSecret(AppClient client, string? secret)
    {
        switch (SecretHash.CheckPlain(client, secret))
        {
            case ClientProof.Missing:
                throw CognitoException.NotAuthorized($"Client {client.Id} is configured for secret but secret was not received");
            case ClientProof.Wrong:
                throw CognitoException.NotAuthorized($"Unable to verify secret hash for client {client.Id}");
        }
    }

    // Observed: of a rotating client's revoked family AWS says nothing at all, of another's it says that it is revoked.
    private static CognitoException Explain(Refusal refusal, AppClient client) =>
        refusal is Refusal.RefreshRevoked && client.Settings.Rotation is { IsEnabled: true }
            ? CognitoException.NotAuthorized(null)
            : Refusals.Of(refusal, client);
}
