using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>
/// Replaces what a pool, or one of its clients, does about risks. Without any of the three parts a pool does nothing, and a client
/// what its pool does. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
/// </summary>
internal sealed class SetRiskConfiguration(IDatabase database, Catalog catalog) : IOperation<SetRiskConfigurationRequest, SetRiskConfigurationResponse>
{
    public async ValueTask<SetRiskConfigurationResponse> HandleAsync(SetRiskConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var configuration = RiskMapping.Read(request);
        var key = request.ClientId ?? RiskConfiguration.PoolKey;
        var outcome = await database.WriteAsync(async unit =>
        {
            var pool = await ConfigurationChanges.PoolAsync(unit, request.UserPoolId!, ct);
            AuthEventMapping.Demand(pool);
            if (request.ClientId is { } client) await ConfigurationChanges.ClientAsync(unit, pool, client, ct);
            // One after the other is as good as at once: the last one stands.
            await unit.Documents.DeleteAsync(pool.Id, DocumentKind.RiskConfiguration, key, ct);
            if (RiskMapping.IsEmpty(configuration)) return SaveDocumentOutcome.Saved;
            var document = PoolDocuments.New(DocumentTypes.RiskConfiguration, pool.Id.Value, key, configuration, call.Now, request.ClientId);
            return await unit.Documents.CreateAsync(document, [], ct);
        }, ct);
        catalog.Forget();
        return outcome == SaveDocumentOutcome.Saved
            ? new SetRiskConfigurationResponse { RiskConfiguration = RiskMapping.ToWire(request.UserPoolId!, request.ClientId, configuration, call.Now) }
            : throw CognitoException.ConcurrentModification("The configuration was changed by other requests; please try again.");
    }
}
