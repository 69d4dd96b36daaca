using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>The terms of a pool's clients, by id. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTerms.html</summary>
internal sealed class ListTerms(PoolDocuments documents, PageTokens tokens) : IOperation<ListTermsRequest, ListTermsResponse>
{
    public async ValueTask<ListTermsResponse> HandleAsync(ListTermsRequest request, CallContext call, CancellationToken ct)
    {
        var after = tokens.Open(request.NextToken, nameof(ListTerms), request.UserPoolId);
        var page = await documents.ListAsync(request.UserPoolId!, DocumentKind.Terms, PageSize.Of(request.MaxResults, "maxResults"), after, ct);
        return new ListTermsResponse
        {
            Terms = [.. page.Items.Select(TermsMapping.Listed)],
            NextToken = tokens.Seal(page.Next, nameof(ListTerms), request.UserPoolId),
        };
    }
}
