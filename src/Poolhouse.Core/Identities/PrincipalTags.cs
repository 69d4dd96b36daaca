using Poolhouse.Core.Identities.Logins;

namespace Poolhouse.Core.Identities;

/// <summary>The principal tags that a login's claims become (developer guide, "Using attributes for access control").</summary>
public sealed class PrincipalTags(ProviderNames names)
{
    // IAM user guide, "Passing session tags": values have at most 256 characters, keys 128; a session has at most 50.
    private const int MostCharacters = 256;

    /// <summary>All tags of a call: of each login those that the pool maps, and those that a back end gave.</summary>
    public IReadOnlyDictionary<string, string> Of(IdentityPool pool, IEnumerable<ProvenLogin> logins)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var login in logins)
        {
            if (login is ProvenLogin.Itself itself)
                foreach (var (name, value) in itself.Tags) tags[name] = value;
            if (login is ProvenLogin.Person person && MapOf(pool, person) is { } map)
                foreach (var (name, claim) in map.UsesDefaults ? PrincipalTagMap.Defaults : map.Tags)
                    if (IdTokenClaims.Values(person.Claims, claim) is [{ Length: <= MostCharacters } value, ..]) tags[name] = value;
        }

        return tags;
    }

    private PrincipalTagMap? MapOf(IdentityPool pool, ProvenLogin.Person person) => pool.Settings.PrincipalTags
        .FirstOrDefault(m => names.Canonical(m.Key) == person.Provider || person.MappingKeys.Contains(m.Key)).Value;
}
