using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>Whether sessions are tracked, and how many a user may have. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolSessionConfiguration.html</summary>
internal sealed class GetUserPoolSessionConfiguration(IDatabase database)
    : IOperation<GetUserPoolSessionConfigurationRequest, GetUserPoolSessionConfigurationResponse>
{
    public async ValueTask<GetUserPoolSessionConfigurationResponse> HandleAsync(
        GetUserPoolSessionConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await database.ReadAsync(stores => ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct), ct);
        return new GetUserPoolSessionConfigurationResponse
        {
            UserPoolId = pool.Id.Value,
            UserSessionTracking = pool.Settings.Sessions.IsEnabled ? "ENABLED" : "DISABLED",
            TokenSession = SessionMapping.Limit(pool.Settings.Sessions),
        };
    }
}
