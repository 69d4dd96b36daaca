using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.IdentityPools;

/// <summary>The identity pools there are, by id. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentityPools.html</summary>
internal sealed class ListIdentityPools(IDatabase database, PageTokens tokens) : IOperation<ListIdentityPoolsInput, ListIdentityPoolsResponse>
{
    public async ValueTask<ListIdentityPoolsResponse> HandleAsync(ListIdentityPoolsInput request, CallContext call, CancellationToken ct)
    {
        var after = tokens.Open(request.NextToken, nameof(ListIdentityPools));
        var page = await database.ReadAsync(stores => stores.IdentityPools.ListAsync(request.MaxResults!.Value, after, ct), ct);
        return new ListIdentityPoolsResponse
        {
            IdentityPools = [.. page.Items.Select(p => new IdentityPoolShortDescription { IdentityPoolId = p.Id.Value, IdentityPoolName = p.Name })],
            NextToken = tokens.Seal(page.Next, nameof(ListIdentityPools)),
        };
    }
}
