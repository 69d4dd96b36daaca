using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>An identity with the names of its providers. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentity.html</summary>
internal sealed class DescribeIdentity(CallerIdentities callers) : IOperation<DescribeIdentityInput, IdentityDescription>
{
    public async ValueTask<IdentityDescription> HandleAsync(DescribeIdentityInput request, CallContext call, CancellationToken ct) =>
        IdentityMapping.ToWire((await callers.GetAsync(request.IdentityId!, ct)).Identity);
}
