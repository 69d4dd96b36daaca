using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>
/// What a pool, or one of its clients, does about risks. A client that says nothing itself is answered as such, not with the pool's.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html
/// </summary>
internal sealed class DescribeRiskConfiguration(IDatabase database) : IOperation<DescribeRiskConfigurationRequest, DescribeRiskConfigurationResponse>
{
    public async ValueTask<DescribeRiskConfigurationResponse> HandleAsync(DescribeRiskConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var document = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            AuthEventMapping.Demand(pool);
            if (request.ClientId is { } client) await ConfigurationChanges.ClientAsync(stores, pool, client, ct);
            return await stores.Documents.FindAsync(pool.Id, DocumentKind.RiskConfiguration, request.ClientId ?? RiskConfiguration.PoolKey, ct);
        }, ct);
        var configuration = document is null ? null : DocumentTypes.RiskConfiguration.Read(document);
        return new DescribeRiskConfigurationResponse
        {
            RiskConfiguration = RiskMapping.ToWire(request.UserPoolId!, request.ClientId, configuration, document?.ModifiedAt),
        };
    }
}
