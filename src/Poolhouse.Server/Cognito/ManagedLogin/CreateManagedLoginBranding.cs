using Poolhouse.Core.Documents;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ManagedLogin;

/// <summary>Gives a client a style. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html</summary>
internal sealed class CreateManagedLoginBranding(PoolDocuments documents, IRandom random)
    : IOperation<CreateManagedLoginBrandingRequest, CreateManagedLoginBrandingResponse>
{
    public async ValueTask<CreateManagedLoginBrandingResponse> HandleAsync(CreateManagedLoginBrandingRequest request, CallContext call, CancellationToken ct)
    {
        var branding = BrandingMapping.Read(request.UseCognitoProvidedValues, request.Settings, request.Assets);
        var document = PoolDocuments.New(DocumentTypes.Branding, request.UserPoolId!, random.UuidText(), branding, call.Now, request.ClientId);
        return await documents.CreateAsync(document, [request.ClientId!], (int.MaxValue, "styles"), ct) == SaveDocumentOutcome.Saved
            ? new CreateManagedLoginBrandingResponse { ManagedLoginBranding = BrandingMapping.ToWire(document) }
            : throw CognitoException.ManagedLoginBrandingExists("Managed login branding already exists for the user pool client.");
    }
}
