using System.Text.RegularExpressions;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;
using WireMapping = Poolhouse.Protocol.CognitoIdentity.RoleMapping;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Role mappings of a request, within their limits.</summary>
internal sealed partial class RoleReading(ProviderNames names, IamConfiguration iam)
{
    // API_RulesConfigurationType: up to 25, although the model lets more through.
    private const int MostRules = 25;

    /// <summary>Roles by type.</summary>
    /// <exception cref="CognitoException">InvalidParameterException.</exception>
    public static Dictionary<string, string> Roles(IReadOnlyDictionary<string, string> sent)
    {
        var roles = sent.Present();
        foreach (var arn in roles.Values) DemandArn(arn);
        return roles;
    }

    /// <summary>Mappings by provider, each of them one that the pool believes.</summary>
    /// <exception cref="CognitoException">InvalidParameterException.</exception>
    public Dictionary<string, Core.Identities.RoleMapping> Mappings(IdentityPoolSettings pool, IReadOnlyDictionary<string, WireMapping>? mappings)
    {
        var read = new Dictionary<string, Core.Identities.RoleMapping>(StringComparer.Ordinal);
        foreach (var (provider, mapping) in mappings.Present())
        {
            if (!IsProvider(pool, names.CanonicalMapping(provider)))
                throw CognitoException.InvalidParameter($"The role mapping '{provider}' is for no provider of this identity pool.");
            if (read.Keys.Any(known => names.CanonicalMapping(known) == names.CanonicalMapping(provider)))
                throw CognitoException.InvalidParameter($"The role mapping '{provider}' is there twice.");
            read[provider] = Read(provider, mapping);
        }

        return read;
    }

    /// <summary>Whether a provider is one of the pool's, named as tokens come or as administrators know it.</summary>
    public bool IsLogin(IdentityPoolSettings pool, string provider) =>
        pool.UserPools.Any(p => names.Canonical(p.Name) == names.Canonical(provider)) || IsElsewhere(pool, provider);

    private bool IsProvider(IdentityPoolSettings pool, string key) =>
        pool.UserPools.Any(p => $"{names.Canonical(p.Name)}:{p.ClientId}" == key) || IsElsewhere(pool, key);

    private bool IsElsewhere(IdentityPoolSettings pool, string provider) =>
        pool.LoginProviders.ContainsKey(provider) || pool.OpenIdProviderArns.Any(arn => arn == provider || iam.FindProvider(arn)?.Name == provider);

    private static Core.Identities.RoleMapping Read(string provider, WireMapping mapping)
    {
        if (mapping.AmbiguousRoleResolution is not { } resolution)
            throw CognitoException.InvalidParameter($"AmbiguousRoleResolution is required for the role mapping '{provider}'.");
        var rules = mapping.RulesConfiguration?.Rules;
        if (mapping.Type == RoleMappingValues.Token)
        {
            return rules is null
                ? new Core.Identities.RoleMapping(mapping.Type, resolution, null)
                : throw CognitoException.InvalidParameter($"The role mapping '{provider}' is of type Token and has rules.");
        }

        if (rules is null) throw CognitoException.InvalidParameter($"RulesConfiguration is required for the role mapping '{provider}' of type Rules.");
        if (rules.Count > MostRules) throw CognitoException.InvalidParameter($"A role mapping can have at most {MostRules} rules.");
        foreach (var rule in rules) DemandArn(rule.RoleARN!);
        return new Core.Identities.RoleMapping(mapping.Type!, resolution, [.. rules.Select(r => new RoleRule(r.Claim!, r.MatchType!, r.Value!, r.RoleARN!))]);
    }

    private static void DemandArn(string arn)
    {
        if (!RoleArn().IsMatch(arn)) throw CognitoException.InvalidParameter($"'{arn}' is not the ARN of a role.");
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex RoleArn();
}
