using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Developers;

/// <summary>Makes two of the developer's users one identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_MergeDeveloperIdentities.html</summary>
internal sealed class MergeDeveloperIdentities(IdentityPoolChanges pools, DeveloperIdentities developers)
    : IOperation<MergeDeveloperIdentitiesInput, MergeDeveloperIdentitiesResponse>
{
    public async ValueTask<MergeDeveloperIdentitiesResponse> HandleAsync(MergeDeveloperIdentitiesInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        var merged = (await developers.MergeAsync(
            pool, request.DeveloperProviderName!, request.SourceUserIdentifier!, request.DestinationUserIdentifier!, call.Now, ct)).Demand();
        return new MergeDeveloperIdentitiesResponse { IdentityId = merged.Value };
    }
}
