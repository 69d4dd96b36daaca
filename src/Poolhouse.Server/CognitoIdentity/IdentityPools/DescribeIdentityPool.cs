using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;
using WirePool = Poolhouse.Protocol.CognitoIdentity.IdentityPool;

namespace Poolhouse.Server.CognitoIdentity.IdentityPools;

/// <summary>An identity pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html</summary>
internal sealed class DescribeIdentityPool(IdentityPoolChanges pools) : IOperation<DescribeIdentityPoolInput, WirePool>
{
    public async ValueTask<WirePool> HandleAsync(DescribeIdentityPoolInput request, CallContext call, CancellationToken ct) =>
        IdentityMapping.ToWire(await pools.GetAsync(request.IdentityPoolId!, ct));
}
