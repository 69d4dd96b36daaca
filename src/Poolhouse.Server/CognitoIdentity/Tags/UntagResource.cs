using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Tags;

/// <summary>Removes tags from an identity pool; one that isn't there doesn't matter. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UntagResource.html</summary>
internal sealed class UntagResource(IdentityPoolIds ids, IdentityPoolChanges changes) : IOperation<UntagResourceInput, UntagResourceResponse>
{
    public async ValueTask<UntagResourceResponse> HandleAsync(UntagResourceInput request, CallContext call, CancellationToken ct)
    {
        await changes.ChangeSettingsAsync(
            ids.IdOf(request.ResourceArn!),
            settings => settings with { Tags = settings.Tags.Where(t => !request.TagKeys!.Contains(t.Key)).ToDictionary(StringComparer.Ordinal) },
            call.Now,
            ct);
        return new UntagResourceResponse();
    }
}
