using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>Removes terms. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteTerms.html</summary>
internal sealed class DeleteTerms(PoolDocuments documents) : IOperation<DeleteTermsRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteTermsRequest request, CallContext call, CancellationToken ct) =>
        await documents.DeleteAsync(request.UserPoolId!, DocumentKind.Terms, request.TermsId!, ct) ? NoOutput.Instance : throw TermsMapping.NotFound();
}
