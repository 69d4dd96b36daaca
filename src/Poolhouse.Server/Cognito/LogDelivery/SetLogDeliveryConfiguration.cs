using Poolhouse.Core.Documents;
using Poolhouse.Core.Logs;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Logs;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LogDelivery;

/// <summary>
/// Replaces where a pool's logs go; an empty list ends it. A destination must be one that the server's LogDestinations name.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html
/// </summary>
internal sealed class SetLogDeliveryConfiguration(IDatabase database, LogDestinations destinations)
    : IOperation<SetLogDeliveryConfigurationRequest, SetLogDeliveryConfigurationResponse>
{
    public async ValueTask<SetLogDeliveryConfigurationResponse> HandleAsync(SetLogDeliveryConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var delivery = LogDeliveryMapping.Read(request.LogConfigurations!);
        var outcome = await database.WriteAsync(async unit =>
        {
            var pool = await ConfigurationChanges.PoolAsync(unit, request.UserPoolId!, ct);
            if (delivery.ArnOf(LogSources.AuthEvents) is not null && TierFeatures.LacksPlus(pool.Settings, "User Activity Log Export") is { } problem)
                throw CognitoException.FeatureUnavailableInTier(problem);
            var unknown = delivery.Targets.FirstOrDefault(t => destinations.Find(t.Arn) is null);
            // docs/threat-protection.md, "Logs", says how the operator makes it exist.
            if (unknown is not null) throw CognitoException.InvalidParameter($"The log destination {unknown.Arn} does not exist.");
            await unit.Documents.DeleteAsync(pool.Id, DocumentKind.LogDelivery, Core.Logs.LogDelivery.Key, ct);
            if (delivery.Targets.Count == 0) return SaveDocumentOutcome.Saved;
            return await unit.Documents.CreateAsync(
                PoolDocuments.New(DocumentTypes.LogDelivery, pool.Id.Value, Core.Logs.LogDelivery.Key, delivery, call.Now), [], ct);
        }, ct);
        return outcome == SaveDocumentOutcome.Saved
            ? new SetLogDeliveryConfigurationResponse { LogDeliveryConfiguration = LogDeliveryMapping.ToWire(request.UserPoolId!, delivery) }
            : throw CognitoException.ConcurrentModification("The configuration was changed by other requests; please try again.");
    }
}
