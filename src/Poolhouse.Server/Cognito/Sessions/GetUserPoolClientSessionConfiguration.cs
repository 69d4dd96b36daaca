using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>How long a single sign-on lasts. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolClientSessionConfiguration.html</summary>
internal sealed class GetUserPoolClientSessionConfiguration(IDatabase database)
    : IOperation<GetUserPoolClientSessionConfigurationRequest, GetUserPoolClientSessionConfigurationResponse>
{
    public async ValueTask<GetUserPoolClientSessionConfigurationResponse> HandleAsync(
        GetUserPoolClientSessionConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var client = await database.ReadAsync(
            async stores => await ConfigurationChanges.ClientAsync(stores, await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct), request.ClientId!, ct), ct);
        return new GetUserPoolClientSessionConfigurationResponse
        {
            UserPoolId = client.PoolId.Value,
            ClientId = client.Id.Value,
            SSOSession = SessionMapping.SingleSignOn(),
        };
    }
}
