using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>From requests to identity providers, with the rules of each type.</summary>
internal static class ProviderReading
{
    // In the place of an attribute, the user's own name.
    private const string Username = "username";

    /// <summary>Refuses a name that belongs to a type, and a social type under another name (observed, aws/aws-cli#3179).</summary>
    public static void DemandName(string name, string type)
    {
        if (ProviderKind.IsSocial(type) ? name != type : ProviderKind.IsTypeName(name))
            throw CognitoException.InvalidParameter($"Provider {name} cannot be of type {type}.");
    }

    /// <summary>The details without the secret, and the secret.</summary>
    /// <param name="type">The provider's type.</param>
    /// <param name="given">As they were sent.</param>
    /// <param name="present">The secret there is, which stays where none is sent.</param>
    public static (IReadOnlyDictionary<string, string> Details, Secret? Secret) Details(
        string type, IReadOnlyDictionary<string, string> given, Secret? present = null)
    {
        var kind = ProviderKind.Of(type);
        var unknown = given.Keys.FirstOrDefault(key => !kind.Required.Contains(key) && !kind.Optional.Contains(key));
        if (unknown is not null) throw CognitoException.InvalidParameter($"ProviderDetails: {unknown} is not a detail of a provider of type {type}.");
        // The words are observed (hashicorp/terraform-provider-aws#4815).
        if (type == "SAML" && !given.ContainsKey("MetadataURL") && !given.ContainsKey("MetadataFile"))
            throw CognitoException.InvalidParameter("At least one of the MetadataURL or MetadataFile should be provided.");
        var name = IdentityProvider.SecretName(type);
        var missing = kind.Required.Where(key => string.IsNullOrEmpty(given.GetValueOrDefault(key)) && !(key == name && present is not null)).ToList();
        if (missing.Count > 0) throw CognitoException.InvalidParameter($"ProviderDetails must contain {string.Join(", ", missing)}.");
        DemandValues(given);

        var details = new Dictionary<string, string>(kind.Defaults, StringComparer.Ordinal);
        foreach (var (key, value) in given) details[key] = value;
        var secret = name is not null && details.Remove(name, out var sent) && sent.Length > 0 ? new Secret(sent) : present;
        return (details, secret);
    }

    /// <summary>The mapping, whose targets the pool must have. Users get their name from the provider unless it says otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Mapping(UserPool pool, string type, IReadOnlyDictionary<string, string>? given)
    {
        var mapping = new Dictionary<string, string>(given ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var unknown = mapping.Keys.FirstOrDefault(name => name != Username && AttributeSchema.Find(pool, name) is null);
        if (unknown is not null) throw CognitoException.InvalidParameter($"AttributeMapping: the attribute {unknown} does not exist in the user pool.");
        if (ProviderKind.Of(type).UserId is { } userId) mapping.TryAdd(Username, userId);
        return mapping;
    }

    /// <summary>Refuses classes of authentication, which nothing here tells providers.</summary>
    public static void RefuseAcrMapping(IReadOnlyDictionary<string, string>? mapping)
    {
        if (mapping is { Count: > 0 }) throw CognitoException.InvalidParameter("AcrMapping: Authentication context classes are not supported.");
    }

    private static void DemandValues(IReadOnlyDictionary<string, string> details)
    {
        foreach (var (key, value) in details)
        {
            var isAddress = key is "oidc_issuer" or "MetadataURL" || key.EndsWith("_url", StringComparison.Ordinal) || key.EndsWith("_uri", StringComparison.Ordinal);
            if (isAddress && value.Length > 0 && !WebAddresses.IsOne(value))
                throw CognitoException.InvalidParameter($"ProviderDetails: {key} must be an http or https address.");
            if (key is "attributes_request_method" or "token_request_method" && value is not ("GET" or "POST"))
                throw CognitoException.InvalidParameter($"ProviderDetails: {key} must be GET or POST.");
        }
    }
}
