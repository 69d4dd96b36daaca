using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>
/// A client's style. What the built-in style is made of is nothing to merge with, so ReturnMergedResources answers the same.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html
/// </summary>
internal sealed class DescribeManagedLoginBrandingByClient(PoolDocuments documents)
    : IOperation<DescribeManagedLoginBrandingByClientRequest, DescribeManagedLoginBrandingByClientResponse>
{
    public async ValueTask<DescribeManagedLoginBrandingByClientResponse> HandleAsync(
        DescribeManagedLoginBrandingByClientRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindByNameAsync(request.UserPoolId!, DocumentKind.Branding, request.ClientId!, ct) ?? throw BrandingMapping.NotFound();
        return new DescribeManagedLoginBrandingByClientResponse { ManagedLoginBranding = BrandingMapping.ToWire(document) };
    }
}
