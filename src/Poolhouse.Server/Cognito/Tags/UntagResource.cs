using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tags;

/// <summary>Removes tags from a pool; one that isn't there doesn't matter. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html</summary>
internal sealed class UntagResource(TaggedPools pools, ConfigurationChanges changes) : IOperation<UntagResourceRequest, UntagResourceResponse>
{
    public async ValueTask<UntagResourceResponse> HandleAsync(UntagResourceRequest request, CallContext call, CancellationToken ct)
    {
        await changes.ChangePoolAsync(
            pools.IdOf(request.ResourceArn!),
            (_, pool) =>
            {
                var tags = new Dictionary<string, string>(pool.Settings.Tags, StringComparer.Ordinal);
                foreach (var key in request.TagKeys!) tags.Remove(key);
                return ValueTask.FromResult(pool with { Settings = pool.Settings with { Tags = tags } });
            },
            call.Now,
            ct);
        return new UntagResourceResponse();
    }
}
