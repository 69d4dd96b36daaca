using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>
/// A style by its id. What the built-in style is made of is nothing to merge with, so ReturnMergedResources answers the same.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html
/// </summary>
internal sealed class DescribeManagedLoginBranding(PoolDocuments documents)
    : IOperation<DescribeManagedLoginBrandingRequest, DescribeManagedLoginBrandingResponse>
{
    public async ValueTask<DescribeManagedLoginBrandingResponse> HandleAsync(
        DescribeManagedLoginBrandingRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindAsync(request.UserPoolId!, DocumentKind.Branding, request.ManagedLoginBrandingId!, ct) ?? throw BrandingMapping.NotFound();
        return new DescribeManagedLoginBrandingResponse { ManagedLoginBranding = BrandingMapping.ToWire(document) };
    }
}
