using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>A pool's passkeys and levels of authentication, from requests and back.</summary>
internal static class PasskeyReading
{
    private const int LongestName = 64;

    /// <summary>What SetUserPoolMfaConfig asks for.</summary>
    /// <exception cref="CognitoException">InvalidParameterException: the relying party's id is not a domain.</exception>
    public static PoolPasskeys Read(WebAuthnConfigurationType passkeys)
    {
        // The words are this server's own.
        if (passkeys.RelyingPartyId is { } id && !RelyingParty.IsValidId(id))
            throw CognitoException.InvalidParameter("RelyingPartyId must be a domain name in lower case, or localhost.");
        return new PoolPasskeys
        {
            RelyingPartyId = passkeys.RelyingPartyId,
            UserVerification = passkeys.UserVerification ?? PoolPasskeys.Preferred,
            FactorConfiguration = passkeys.FactorConfiguration,
        };
    }

    /// <summary>API_WebAuthnConfigurationType; null where nothing was set.</summary>
    public static WebAuthnConfigurationType? ToWire(PoolPasskeys? passkeys) => passkeys is null
        ? null
        : new WebAuthnConfigurationType
        {
            RelyingPartyId = passkeys.RelyingPartyId,
            UserVerification = passkeys.UserVerification,
            FactorConfiguration = passkeys.FactorConfiguration,
        };

    /// <summary>The names that CreateUserPool or UpdateUserPool gives to levels.</summary>
    /// <exception cref="CognitoException">InvalidParameterException: a level that isn't, a name of another form, or one twice.</exception>
    public static Dictionary<string, string> Levels(IReadOnlyDictionary<string, AcrLevelConfigType>? configuration)
    {
        // The wire lets a level be null; its name is then as wrong as an empty one.
        var names = (configuration ?? new Dictionary<string, AcrLevelConfigType>()).ToDictionary(c => c.Key, c => c.Value?.AcrValue ?? "", StringComparer.Ordinal);
        if (names.Keys.Except(AuthenticationLevels.Keys, StringComparer.Ordinal).Any()) throw CognitoException.InvalidParameter("AcrConfiguration: the levels are Level1 to Level4.");
        // API_AcrLevelConfigType: [\x21\x23-\x5B\x5D-\x7E]+, which the service model does not carry.
        if (names.Values.Any(name => name.Length is 0 or > LongestName || name.Any(c => c is <= ' ' or '"' or '\\' or > '~')))
            throw CognitoException.InvalidParameter("AcrConfiguration: a name has 1 to 64 characters, without spaces, double quotes and backslashes.");
        if (Effective(names).Distinct(StringComparer.Ordinal).Count() < AuthenticationLevels.Highest)
            throw CognitoException.InvalidParameter("AcrConfiguration: the names of all levels must differ, the default names among them.");
        return names;
    }

    /// <summary>All four names, the defaults merged in; null where the pool chose none.</summary>
    public static Dictionary<string, AcrLevelConfigType>? ToWire(IReadOnlyDictionary<string, string> names) => names.Count == 0
        ? null
        : AuthenticationLevels.Keys.Zip(Effective(names)).ToDictionary(pair => pair.First, pair => new AcrLevelConfigType { AcrValue = pair.Second }, StringComparer.Ordinal);

    private static IEnumerable<string> Effective(IReadOnlyDictionary<string, string> names) =>
        Enumerable.Range(1, AuthenticationLevels.Highest).Select(level => AuthenticationLevels.NameOf(names, level)!);
}
