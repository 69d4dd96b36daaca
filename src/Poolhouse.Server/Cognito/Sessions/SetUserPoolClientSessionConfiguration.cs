using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>Says how long a single sign-on lasts. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolClientSessionConfiguration.html</summary>
internal sealed class SetUserPoolClientSessionConfiguration(IDatabase database)
    : IOperation<SetUserPoolClientSessionConfigurationRequest, SetUserPoolClientSessionConfigurationResponse>
{
    public async ValueTask<SetUserPoolClientSessionConfigurationResponse> HandleAsync(
        SetUserPoolClientSessionConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var client = await database.ReadAsync(
            async stores => await ConfigurationChanges.ClientAsync(stores, await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct), request.ClientId!, ct), ct);
        SessionMapping.DemandDefault(request.SSOSession!);
        return new SetUserPoolClientSessionConfigurationResponse
        {
            UserPoolId = client.PoolId.Value,
            ClientId = client.Id.Value,
            SSOSession = SessionMapping.SingleSignOn(),
        };
    }
}
