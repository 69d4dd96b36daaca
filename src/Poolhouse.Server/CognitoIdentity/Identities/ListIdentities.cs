using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>Identities of a pool, by id. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentities.html</summary>
internal sealed class ListIdentities(IDatabase database, IdentityPoolChanges pools, PageTokens tokens) : IOperation<ListIdentitiesInput, ListIdentitiesResponse>
{
    public async ValueTask<ListIdentitiesResponse> HandleAsync(ListIdentitiesInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        var hidesDisabled = request.HideDisabled ?? false;
        var list = hidesDisabled ? "enabled" : "all";
        var after = tokens.Open(request.NextToken, nameof(ListIdentities), pool.Id.Value, list);
        var page = await database.ReadAsync(stores => stores.Identities.ListAsync(pool.Id, hidesDisabled, request.MaxResults!.Value, after, ct), ct);
        return new ListIdentitiesResponse
        {
            IdentityPoolId = pool.Id.Value,
            Identities = [.. page.Items.Select(IdentityMapping.ToWire)],
            NextToken = tokens.Seal(page.Next, nameof(ListIdentities), pool.Id.Value, list),
        };
    }
}
