using Poolhouse.Core.Users.Identities;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LinkedIdentities;

/// <summary>Whom API_ProviderUserIdentifierType names.</summary>
/// <param name="Provider">A provider of the pool, or <c>Cognito</c>.</param>
/// <param name="Attribute">The claim that names the person; null for the provider's own id.</param>
/// <param name="Value">Username, id or value of the claim.</param>
internal sealed record ProviderUser(string Provider, string? Attribute, string Value)
{
    private const string Cognito = "Cognito";

    // Room for the rest of an identity within the longest value of an attribute, five times.
    private const int LongestValue = 256;
    private const int LongestAttribute = 32;

    /// <summary>Whether it is a user of the pool itself.</summary>
    public bool IsNative => Provider == Cognito;

    /// <summary>Reads one.</summary>
    /// <exception cref="CognitoException">InvalidParameterException: a part is missing or too long.</exception>
    public static ProviderUser Read(ProviderUserIdentifierType given, string member)
    {
        if (given.ProviderName is not { Length: > 0 } provider) throw Missing(member, "ProviderName");
        if (given.ProviderAttributeValue is not { Length: > 0 } value) throw Missing(member, "ProviderAttributeValue");
        if (provider == Cognito) return new ProviderUser(provider, null, value);
        if (given.ProviderAttributeName is not { Length: > 0 } attribute) throw Missing(member, "ProviderAttributeName");
        if (value.Length > LongestValue || attribute.Length > LongestAttribute)
            throw CognitoException.InvalidParameter($"Invalid {member}: ProviderAttributeName or ProviderAttributeValue is too long.");
        return new ProviderUser(provider, attribute == LinkedIdentity.Subject ? null : attribute, value);
    }

    private static CognitoException Missing(string member, string part) => CognitoException.InvalidParameter($"Invalid {member}: {part} is missing.");
}
