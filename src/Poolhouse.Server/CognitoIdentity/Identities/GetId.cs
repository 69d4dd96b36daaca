using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>The identity of these logins, or a new guest. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html</summary>
internal sealed class GetId(IdentityPoolChanges pools, CallerIdentities callers, IdentityLinks links) : IOperation<GetIdInput, GetIdResponse>
{
    public async ValueTask<GetIdResponse> HandleAsync(GetIdInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        var logins = await callers.ProveAsync(pool, request.Logins, call.Now, ct);
        var identity = (await links.FindOrCreateAsync(pool, logins, call.Now, ct)).Demand();
        return new GetIdResponse { IdentityId = identity.Id.Value };
    }
}
