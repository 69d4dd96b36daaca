using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>A client's terms by their name. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTermsByClient.html</summary>
internal sealed class DescribeTermsByClient(PoolDocuments documents) : IOperation<DescribeTermsByClientRequest, DescribeTermsByClientResponse>
{
    public async ValueTask<DescribeTermsByClientResponse> HandleAsync(DescribeTermsByClientRequest request, CallContext call, CancellationToken ct)
    {
        var name = TermsMapping.NameOf(request.ClientId!, request.TermsName!);
        var document = await documents.FindByNameAsync(request.UserPoolId!, DocumentKind.Terms, name, ct) ?? throw TermsMapping.NotFound();
        return new DescribeTermsByClientResponse { Terms = TermsMapping.ToWire(document) };
    }
}
