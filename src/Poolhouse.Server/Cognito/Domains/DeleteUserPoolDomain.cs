using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Domains;

/// <summary>Takes a domain from a pool; anybody may have it then. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html</summary>
internal sealed class DeleteUserPoolDomain(PoolDocuments documents) : IOperation<DeleteUserPoolDomainRequest, DeleteUserPoolDomainResponse>
{
    public async ValueTask<DeleteUserPoolDomainResponse> HandleAsync(DeleteUserPoolDomainRequest request, CallContext call, CancellationToken ct) =>
        await documents.DeleteAsync(request.UserPoolId!, DocumentKind.Domain, request.Domain!, ct)
            ? new DeleteUserPoolDomainResponse()
            : throw DomainMapping.NotFound();
}
