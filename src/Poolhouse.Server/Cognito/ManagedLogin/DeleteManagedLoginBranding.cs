using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>Removes a style. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteManagedLoginBranding.html</summary>
internal sealed class DeleteManagedLoginBranding(PoolDocuments documents) : IOperation<DeleteManagedLoginBrandingRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteManagedLoginBrandingRequest request, CallContext call, CancellationToken ct) =>
        await documents.DeleteAsync(request.UserPoolId!, DocumentKind.Branding, request.ManagedLoginBrandingId!, ct)
            ? NoOutput.Instance
            : throw BrandingMapping.NotFound();
}
