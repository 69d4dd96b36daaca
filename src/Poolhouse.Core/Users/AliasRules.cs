using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users.Identities;

namespace Poolhouse.Core.Users;

/// <summary>Which names beside the username a user signs in with.</summary>
public static class AliasRules
{
    /// <summary>
    /// Where attributes are usernames they count from the start, so that two people can't sign up with one address;
    /// elsewhere an address counts once it is verified, and <c>preferred_username</c> as soon as it is set.
    /// </summary>
    public static IReadOnlyList<Alias> Held(UserPool pool, User user)
    {
        var held = new List<Alias>();
        // Who comes from a provider signs in there and nowhere else: an address that the provider told must take nobody's name, and stands in nobody's way.
        var isExternal = user.Status == UserStatus.ExternalProvider;
        foreach (var attribute in isExternal ? [] : pool.UsernameAttributes)
            if (user[attribute] is { Length: > 0 } value) held.Add(new Alias(attribute, pool.Normalize(value)));
        foreach (var attribute in isExternal ? [] : pool.AliasAttributes)
            if (user[attribute] is { Length: > 0 } value && (attribute == "preferred_username" || user.HasVerified(attribute)))
                held.Add(new Alias(attribute, pool.Normalize(value)));
        // An account at a provider signs in one user only; nobody can type its alias as a name.
        foreach (var identity in LinkedIdentity.Of(user)) held.Add(new Alias(identity.AliasAttribute, identity.UserId));
        return held;
    }
}
