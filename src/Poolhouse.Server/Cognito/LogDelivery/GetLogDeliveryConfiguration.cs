using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LogDelivery;

/// <summary>Where a pool's logs go. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetLogDeliveryConfiguration.html</summary>
internal sealed class GetLogDeliveryConfiguration(PoolDocuments documents)
    : IOperation<GetLogDeliveryConfigurationRequest, GetLogDeliveryConfigurationResponse>
{
    public async ValueTask<GetLogDeliveryConfigurationResponse> HandleAsync(GetLogDeliveryConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindAsync(request.UserPoolId!, DocumentKind.LogDelivery, Core.Logs.LogDelivery.Key, ct);
        var delivery = document is null ? null : DocumentTypes.LogDelivery.Read(document);
        return new GetLogDeliveryConfigurationResponse { LogDeliveryConfiguration = LogDeliveryMapping.ToWire(request.UserPoolId!, delivery) };
    }
}
