using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.UserPools;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tags;

/// <summary>Adds tags to a pool, or gives them new values. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html</summary>
internal sealed class TagResource(TaggedPools pools, ConfigurationChanges changes) : IOperation<TagResourceRequest, TagResourceResponse>
{
    public async ValueTask<TagResourceResponse> HandleAsync(TagResourceRequest request, CallContext call, CancellationToken ct)
    {
        await changes.ChangePoolAsync(
            pools.IdOf(request.ResourceArn!),
            (_, pool) =>
            {
                var tags = new Dictionary<string, string>(pool.Settings.Tags, StringComparer.Ordinal);
                foreach (var (key, value) in request.Tags!) tags[key] = value;
                return ValueTask.FromResult(pool with { Settings = pool.Settings with { Tags = UserPoolReading.Tags(tags) } });
            },
            call.Now,
            ct);
        return new TagResourceResponse();
    }
}
