using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>Replaces a style. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html</summary>
internal sealed class UpdateManagedLoginBranding(PoolDocuments documents)
    : IOperation<UpdateManagedLoginBrandingRequest, UpdateManagedLoginBrandingResponse>
{
    public async ValueTask<UpdateManagedLoginBrandingResponse> HandleAsync(UpdateManagedLoginBrandingRequest request, CallContext call, CancellationToken ct)
    {
        // The model requires neither; without both there is nothing to update.
        if (request.UserPoolId is not { } pool || request.ManagedLoginBrandingId is not { } id)
            throw CognitoException.InvalidParameter("UserPoolId and ManagedLoginBrandingId must be given.");
        var json = DocumentTypes.Branding.Write(BrandingMapping.Read(request.UseCognitoProvidedValues, request.Settings, request.Assets));
        var (_, document) = await documents.ChangeAsync(
            pool, DocumentKind.Branding, id, (_, found) => (found with { Json = json }, [found.ClientId!.Value.Value]), call.Now, ct);
        return new UpdateManagedLoginBrandingResponse { ManagedLoginBranding = BrandingMapping.ToWire(document ?? throw BrandingMapping.NotFound()) };
    }
}
