using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Tags;

/// <summary>An identity pool's tags. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListTagsForResource.html</summary>
internal sealed class ListTagsForResource(IdentityPoolIds ids, IdentityPoolChanges pools) : IOperation<ListTagsForResourceInput, ListTagsForResourceResponse>
{
    public async ValueTask<ListTagsForResourceResponse> HandleAsync(ListTagsForResourceInput request, CallContext call, CancellationToken ct) =>
        new() { Tags = (await pools.GetAsync(ids.IdOf(request.ResourceArn!), ct)).Settings.Tags };
}
