using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Developers;

/// <summary>Takes one of the developer's users from an identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkDeveloperIdentity.html</summary>
internal sealed class UnlinkDeveloperIdentity(IdentityPoolChanges pools, Unlinking unlinking) : IOperation<UnlinkDeveloperIdentityInput, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(UnlinkDeveloperIdentityInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        var refusal = await unlinking.UnlinkDeveloperUserAsync(
            pool, new IdentityId(request.IdentityId!), request.DeveloperProviderName!, request.DeveloperUserIdentifier!, call.Now, ct);
        return refusal is null ? NoOutput.Instance : throw IdentityRefusals.Of(refusal);
    }
}
