using CoreTags = Poolhouse.Core.Identities.PrincipalTags;
using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>A token that says who an identity is, for AWS STS. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdToken.html</summary>
internal sealed class GetOpenIdToken(CallerIdentities callers, IdentityTokens tokens, CoreTags tags) : IOperation<GetOpenIdTokenInput, GetOpenIdTokenResponse>
{
    public async ValueTask<GetOpenIdTokenResponse> HandleAsync(GetOpenIdTokenInput request, CallContext call, CancellationToken ct)
    {
        var (pool, identity, logins) = await callers.ResolveAsync(request.IdentityId!, request.Logins, call.Now, ct);
        // With such a token the client would choose its role itself, at STS (both refusals observed).
        if (pool.Settings.AllowsClassicFlow is false) throw CognitoException.InvalidParameter("Basic (classic) flow is not enabled, please use enhanced flow.");
        if (pool.Settings.RoleMappings.Count > 0)
            throw CognitoException.InvalidParameter("Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.");
        var methods = IdentityTokens.MethodsOf(identity.IsGuest, logins);
        return new GetOpenIdTokenResponse
        {
            IdentityId = identity.Id.Value,
            Token = await tokens.IssueAsync(pool, identity.Id, methods, tags.Of(pool, logins), IdentityTokens.Lifetime, call.Now, ct),
        };
    }
}
