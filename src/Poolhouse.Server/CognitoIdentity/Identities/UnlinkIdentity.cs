using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>Takes logins from an identity, by whom one of them proves to be. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkIdentity.html</summary>
internal sealed class UnlinkIdentity(CallerIdentities callers, Unlinking unlinking) : IOperation<UnlinkIdentityInput, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(UnlinkIdentityInput request, CallContext call, CancellationToken ct)
    {
        var (pool, identity) = await callers.GetAsync(request.IdentityId!, ct);
        var logins = await callers.ProveAsync(pool, request.Logins, call.Now, ct);
        if (await unlinking.UnlinkAsync(pool, identity.Id, logins, request.LoginsToRemove!, call.Now, ct) is { } refusal) throw IdentityRefusals.Of(refusal);
        return NoOutput.Instance;
    }
}
