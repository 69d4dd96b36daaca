using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Core.Identities;

/// <summary>
/// Names of login providers. A user pool has two: Amazon's, and this server's own host, which aws-amplify takes from the token's
/// issuer. They are one provider, and Amazon's form is what is stored: it survives a change of the public URL.
/// </summary>
public sealed class ProviderNames(Issuer issuer)
{
    private const string Prefix = "cognito-idp.";
    private const string Suffix = ".amazonaws.com/";

    private readonly string _host = issuer.PublicUrl[(issuer.PublicUrl.IndexOf("//", StringComparison.Ordinal) + 2)..];

    /// <summary>The names under which the service's own tokens are sent.</summary>
    public bool IsThisService(string name) => name == "cognito-identity.amazonaws.com" || name == _host + "/" + Issuer.IdentityService;

    /// <summary>The user pool that a provider name means, or null.</summary>
    public PoolId? PoolOf(string name)
    {
        if (name.StartsWith(_host + "/", StringComparison.Ordinal)) return Named(name[(_host.Length + 1)..]);
        var end = name.IndexOf(Suffix, StringComparison.Ordinal);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || end < 0) return null;
        return Named(name[(end + Suffix.Length)..]) is { } pool && pool.Region == name[Prefix.Length..end] ? pool : null;
    }

    /// <summary>The one stored form of a provider's name.</summary>
    public string Canonical(string name) => PoolOf(name) is { } pool ? $"{Prefix}{pool.Region}{Suffix}{pool}" : name;

    /// <summary>The one form of a role mapping's key: a provider, for user pools with its client.</summary>
    public string CanonicalMapping(string key)
    {
        var colon = key.LastIndexOf(':');
        return colon > 0 && PoolOf(key[..colon]) is not null ? Canonical(key[..colon]) + key[colon..] : key;
    }

    private static PoolId? Named(string id) => id.Contains('/', StringComparison.Ordinal) || !id.Contains('_', StringComparison.Ordinal) ? null : new PoolId(id);
}
