using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Limits;

/// <summary>Limits can't be bought here, so none is provisioned. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html</summary>
internal sealed class GetProvisionedLimit : IOperation<GetProvisionedLimitRequest, GetProvisionedLimitResponse>
{
    /// <summary>The words for both calls.</summary>
    public const string None = "No limit is provisioned: the limits of this server are those of its configuration.";

    public ValueTask<GetProvisionedLimitResponse> HandleAsync(GetProvisionedLimitRequest request, CallContext call, CancellationToken ct) =>
        throw CognitoException.ResourceNotFound(None);
}
