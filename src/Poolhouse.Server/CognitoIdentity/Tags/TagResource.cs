using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Tags;

/// <summary>Adds tags to an identity pool, or gives them new values. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_TagResource.html</summary>
internal sealed class TagResource(IdentityPoolIds ids, IdentityPoolChanges changes) : IOperation<TagResourceInput, TagResourceResponse>
{
    public async ValueTask<TagResourceResponse> HandleAsync(TagResourceInput request, CallContext call, CancellationToken ct)
    {
        await changes.ChangeSettingsAsync(
            ids.IdOf(request.ResourceArn!),
            settings =>
            {
                var tags = new Dictionary<string, string>(settings.Tags, StringComparer.Ordinal);
                foreach (var (key, value) in request.Tags.Present()) tags[key] = value;
                return settings with { Tags = IdentityPoolReading.Tags(tags) };
            },
            call.Now,
            ct);
        return new TagResourceResponse();
    }
}
