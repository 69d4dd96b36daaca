using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>A provider with its details. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html</summary>
internal sealed class DescribeIdentityProvider(PoolDocuments documents) : IOperation<DescribeIdentityProviderRequest, DescribeIdentityProviderResponse>
{
    public async ValueTask<DescribeIdentityProviderResponse> HandleAsync(DescribeIdentityProviderRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindAsync(request.UserPoolId!, DocumentKind.IdentityProvider, request.ProviderName!, ct)
            ?? throw ProviderMapping.NotFound(request.ProviderName!);
        return new DescribeIdentityProviderResponse { IdentityProvider = ProviderMapping.ToWire(document) };
    }
}
