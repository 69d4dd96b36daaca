using CoreTags = Poolhouse.Core.Identities.PrincipalTags;
using IdentityPool = Poolhouse.Core.Identities.IdentityPool;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Developers;

/// <summary>A token for a user whom the developer's own back end knows. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdTokenForDeveloperIdentity.html</summary>
internal sealed class GetOpenIdTokenForDeveloperIdentity(
    IdentityPoolChanges pools, CallerIdentities callers, DeveloperIdentities developers, IdentityTokens tokens, CoreTags tags)
    : IOperation<GetOpenIdTokenForDeveloperIdentityInput, GetOpenIdTokenForDeveloperIdentityResponse>
{
    // API_LookupDeveloperIdentity.DeveloperUserIdentifier.
    private const int MostCharacters = 1024;

    public async ValueTask<GetOpenIdTokenForDeveloperIdentityResponse> HandleAsync(
        GetOpenIdTokenForDeveloperIdentityInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        var (user, others) = Split(pool, request.Logins.Present());
        var logins = await callers.ProveAsync(pool, others, call.Now, ct);
        var wanted = request.IdentityId is { } id ? new IdentityId(id) : (IdentityId?)null;
        var identity = (await developers.FindOrLinkAsync(pool, wanted, user, logins, call.Now, ct)).Demand();

        var provider = pool.Settings.DeveloperProvider!;
        var own = new ProvenLogin.Itself(identity.Id, request.PrincipalTags.Present()) { Methods = [provider, $"{provider}:{pool.Id}:{user}"] };
        IReadOnlyList<ProvenLogin> proven = [own, .. logins];
        var lifetime = request.TokenDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : IdentityTokens.DeveloperLifetime;
        return new GetOpenIdTokenForDeveloperIdentityResponse
        {
            IdentityId = identity.Id.Value,
            Token = await tokens.IssueAsync(pool, identity.Id, IdentityTokens.MethodsOf(isGuest: false, proven), tags.Of(pool, proven), lifetime, call.Now, ct),
        };
    }

    // Under the developer's provider stands an identifier, under every other one a token.
    private static (string User, Dictionary<string, string> Others) Split(IdentityPool pool, Dictionary<string, string> logins)
    {
        if (pool.Settings.DeveloperProvider is not { } provider || !logins.TryGetValue(provider, out var user))
            throw IdentityRefusals.Of(new IdentityRefusal.DeveloperProviderUnknown(pool.Settings.DeveloperProvider));
        if (user.Length > MostCharacters) throw CognitoException.InvalidParameter($"A developer user identifier has at most {MostCharacters} characters.");
        return (user, logins.Where(l => l.Key != provider).ToDictionary(StringComparer.Ordinal));
    }
}
