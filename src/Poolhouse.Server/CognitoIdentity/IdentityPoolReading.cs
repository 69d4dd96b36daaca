using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>The settings that a request asks for; what could not be acted on is refused by name.</summary>
internal sealed class IdentityPoolReading(ProviderNames names, IamConfiguration iam)
{
    // Quotas in Amazon Cognito.
    private const int MostUserPools = 50;
    private const int MostTags = 50;

    /// <summary>What stays when a pool is updated (tags only where the request has none), and what the request says anew.</summary>
    /// <exception cref="CognitoException">InvalidParameterException, LimitExceededException.</exception>
    public IdentityPoolSettings Settings(Protocol.CognitoIdentity.IdentityPool request, IdentityPoolSettings before)
    {
        // API_UpdateIdentityPool: members that are not sent are set to their defaults.
        var settings = before with
        {
            AllowsGuests = request.AllowUnauthenticatedIdentities!.Value,
            AllowsClassicFlow = request.AllowClassicFlow,
            LoginProviders = LoginProviders(request.SupportedLoginProviders.Present()),
            DeveloperProvider = DeveloperProvider(request.DeveloperProviderName, before.DeveloperProvider),
            OpenIdProviderArns = OpenIdProviders(request.OpenIdConnectProviderARNs),
            UserPools = UserPools(request.CognitoIdentityProviders),
            Tags = request.IdentityPoolTags is null ? before.Tags : Tags(request.IdentityPoolTags.Present()),
        };
        if (request.SamlProviderARNs is [var saml, ..])
            throw CognitoException.InvalidParameter($"SAML assertions can't be verified here: {saml}");
        // Their logins stand in one list, in which a name means one provider.
        var isShared = settings.DeveloperProvider is { } developer
            && (OpenIdLogins.Public.ContainsKey(developer) || settings.OpenIdProviderArns.Any(arn => iam.FindProvider(arn)!.Name == developer));
        if (isShared) throw CognitoException.InvalidParameter("DeveloperProviderName is the name of another provider.");
        return settings;
    }

    /// <summary>Tags within their limits.</summary>
    public static Dictionary<string, string> Tags(Dictionary<string, string> tags)
    {
        if (tags.Count > MostTags) throw CognitoException.InvalidParameter($"An identity pool can have at most {MostTags} tags.");
        if (tags.Keys.Any(k => k.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))) throw CognitoException.InvalidParameter("Tag keys must not begin with aws:");
        return tags;
    }

    private static Dictionary<string, string> LoginProviders(Dictionary<string, string> providers)
    {
        var unknown = providers.Keys.FirstOrDefault(name => !OpenIdLogins.Public.ContainsKey(name));
        if (unknown is not null)
            throw CognitoException.InvalidParameter($"Tokens of the login provider '{unknown}' can't be verified here; {string.Join(" and ", OpenIdLogins.Public.Keys)} can.");
        return providers;
    }

    // API_CreateIdentityPool: once set, the name can't be changed, for it is part of every login.
    private static string? DeveloperProvider(string? name, string? before) => before is null || name is null || name == before
        ? name ?? before
        : throw CognitoException.InvalidParameter("DeveloperProviderName can't be changed once it is set.");

    private string[] OpenIdProviders(IReadOnlyList<string>? arns)
    {
        var unknown = arns?.FirstOrDefault(arn => iam.FindProvider(arn) is null);
        if (unknown is not null)
            throw CognitoException.InvalidParameter($"The OpenID Connect provider {unknown} is not in this server's configuration (option Iam).");
        return [.. (arns ?? []).Distinct(StringComparer.Ordinal)];
    }

    private List<UserPoolProvider> UserPools(IReadOnlyList<CognitoIdentityProvider>? providers)
    {
        var list = new List<UserPoolProvider>();
        foreach (var provider in providers ?? [])
        {
            if (provider is not { ProviderName: { } name, ClientId: { } client } || names.PoolOf(name) is null)
                throw CognitoException.InvalidParameter("Invalid Cognito Identity Provider");
            if (list.Any(p => p.ClientId == client && names.Canonical(p.Name) == names.Canonical(name)))
                throw CognitoException.InvalidParameter("Duplicate Cognito Identity Provider");
            list.Add(new UserPoolProvider(name, client, provider.ServerSideTokenCheck));
        }

        return list.Count <= MostUserPools ? list : throw CognitoException.LimitExceeded($"An identity pool can have at most {MostUserPools} Cognito Identity Providers.");
    }
}
