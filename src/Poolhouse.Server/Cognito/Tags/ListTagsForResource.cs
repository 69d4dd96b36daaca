using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tags;

/// <summary>A pool's tags. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html</summary>
internal sealed class ListTagsForResource(TaggedPools pools, IDatabase database) : IOperation<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    public async ValueTask<ListTagsForResourceResponse> HandleAsync(ListTagsForResourceRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await database.ReadAsync(stores => ConfigurationChanges.PoolAsync(stores, pools.IdOf(request.ResourceArn!), ct), ct);
        return new ListTagsForResourceResponse { Tags = pool.Settings.Tags };
    }
}
