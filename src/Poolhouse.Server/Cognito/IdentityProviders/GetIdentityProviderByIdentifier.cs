using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>The provider of an identifier. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html</summary>
internal sealed class GetIdentityProviderByIdentifier(PoolDocuments documents)
    : IOperation<GetIdentityProviderByIdentifierRequest, GetIdentityProviderByIdentifierResponse>
{
    public async ValueTask<GetIdentityProviderByIdentifierResponse> HandleAsync(
        GetIdentityProviderByIdentifierRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindByNameAsync(request.UserPoolId!, DocumentKind.IdentityProvider, request.IdpIdentifier!, ct)
            ?? throw ProviderMapping.NotFound(request.IdpIdentifier!);
        return new GetIdentityProviderByIdentifierResponse { IdentityProvider = ProviderMapping.ToWire(document) };
    }
}
