using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;
using Poolhouse.Server.Wire.Quotas;

namespace Poolhouse.Server.Cognito.Limits;

/// <summary>
/// Limits are the operator's, in the server's configuration; a call that asks for what they are succeeds, any other is refused.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html
/// </summary>
internal sealed class UpdateProvisionedLimit(RequestQuotas quotas) : IOperation<UpdateProvisionedLimitRequest, UpdateProvisionedLimitResponse>
{
    public ValueTask<UpdateProvisionedLimitResponse> HandleAsync(UpdateProvisionedLimitRequest request, CallContext call, CancellationToken ct)
    {
        var limit = GetProvisionedLimit.Find(quotas, request.LimitDefinition!);
        return limit.ProvisionedLimitValue == request.RequestedLimitValue
            ? ValueTask.FromResult(new UpdateProvisionedLimitResponse { Limit = limit })
            : throw CognitoException.InvalidParameter("Limits of this server are set in its configuration, by RequestQuotas.");
    }
}
