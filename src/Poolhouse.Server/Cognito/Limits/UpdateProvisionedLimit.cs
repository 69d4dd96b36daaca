using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Limits;

/// <summary>Limits can't be bought here, so none is provisioned. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html</summary>
internal sealed class UpdateProvisionedLimit : IOperation<UpdateProvisionedLimitRequest, UpdateProvisionedLimitResponse>
{
    public ValueTask<UpdateProvisionedLimitResponse> HandleAsync(UpdateProvisionedLimitRequest request, CallContext call, CancellationToken ct) =>
        throw CognitoException.ResourceNotFound(GetProvisionedLimit.None);
}
