using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>Terms by id. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTerms.html</summary>
internal sealed class DescribeTerms(PoolDocuments documents) : IOperation<DescribeTermsRequest, DescribeTermsResponse>
{
    public async ValueTask<DescribeTermsResponse> HandleAsync(DescribeTermsRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindAsync(request.UserPoolId!, DocumentKind.Terms, request.TermsId!, ct) ?? throw TermsMapping.NotFound();
        return new DescribeTermsResponse { Terms = TermsMapping.ToWire(document) };
    }
}
