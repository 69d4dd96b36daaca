using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>Removes a provider. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteIdentityProvider.html</summary>
internal sealed class DeleteIdentityProvider(PoolDocuments documents) : IOperation<DeleteIdentityProviderRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteIdentityProviderRequest request, CallContext call, CancellationToken ct) =>
        await documents.DeleteAsync(request.UserPoolId!, DocumentKind.IdentityProvider, request.ProviderName!, ct)
            ? NoOutput.Instance
            : throw ProviderMapping.NotFound(request.ProviderName!);
}
