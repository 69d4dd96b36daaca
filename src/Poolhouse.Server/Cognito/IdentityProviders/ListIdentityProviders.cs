using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>A pool's providers, by name. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html</summary>
internal sealed class ListIdentityProviders(PoolDocuments documents, PageTokens tokens)
    : IOperation<ListIdentityProvidersRequest, ListIdentityProvidersResponse>
{
    // The answer's list has 50 items at most, although 60 may be asked for.
    private const int LongestList = 50;

    public async ValueTask<ListIdentityProvidersResponse> HandleAsync(ListIdentityProvidersRequest request, CallContext call, CancellationToken ct)
    {
        var limit = Math.Min(PageSize.Of(request.MaxResults, "maxResults"), LongestList);
        var after = tokens.Open(request.NextToken, nameof(ListIdentityProviders), request.UserPoolId);
        var page = await documents.ListAsync(request.UserPoolId!, DocumentKind.IdentityProvider, limit, after, ct);
        return new ListIdentityProvidersResponse
        {
            Providers = [.. page.Items.Select(ProviderMapping.Listed)],
            NextToken = tokens.Seal(page.Next, nameof(ListIdentityProviders), request.UserPoolId),
        };
    }
}
