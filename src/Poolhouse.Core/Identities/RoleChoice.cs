using System.Text.Json;
using Poolhouse.Core.Identities.Logins;

namespace Poolhouse.Core.Identities;

/// <summary>
/// Chooses the role of an identity's credentials (developer guide, "Using role-based access control").
/// </summary>
public sealed class RoleChoice(ProviderNames names)
{
    /// <summary>The chosen role's ARN.</summary>
    /// <param name="pool">Whose roles and mappings apply.</param>
    /// <param name="isGuest">Whether nobody is signed in.</param>
    /// <param name="logins">What was proven; the first login that has a mapping decides.</param>
    /// <param name="customRole">The role that the caller wants, or null.</param>
    public IdentityOutcome<string> Choose(IdentityPool pool, bool isGuest, IReadOnlyList<ProvenLogin> logins, string? customRole)
    {
        foreach (var person in logins.OfType<ProvenLogin.Person>())
            if (MappingOf(pool, person) is { } mapping)
                return mapping.Type == "Token" ? ByToken(pool, mapping, person.Claims, customRole) : ByRules(pool, mapping, person.Claims, customRole);

        // API_GetCredentialsForIdentity: only a provider that hands out several roles leaves the caller a choice.
        if (customRole is not null) return new IdentityRefusal.RoleNotCustomizable();
        return Set(pool, isGuest ? "unauthenticated" : "authenticated");
    }

    private RoleMapping? MappingOf(IdentityPool pool, ProvenLogin.Person person) => pool.Settings.RoleMappings
        .FirstOrDefault(m => person.MappingKeys.Contains(names.CanonicalMapping(m.Key))).Value;

    private static IdentityOutcome<string> ByToken(IdentityPool pool, RoleMapping mapping, JsonElement claims, string? customRole)
    {
        var roles = IdTokenClaims.Values(claims, "cognito:roles");
        if (customRole is not null)
            return roles.Contains(customRole) ? customRole : new IdentityRefusal.RoleDenied(customRole);
        if (IdTokenClaims.Values(claims, "cognito:preferred_role") is [var preferred]) return preferred;
        // API_RoleMapping: the resolution is for no preferred role and several others; with one there is nothing to resolve.
        return roles.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : Ambiguous(pool, mapping);
    }

    private static IdentityOutcome<string> ByRules(IdentityPool pool, RoleMapping mapping, JsonElement claims, string? customRole)
    {
        if (customRole is not null) return new IdentityRefusal.RoleNotCustomizable();
        foreach (var rule in mapping.Rules ?? [])
            if (Matches(rule, claims)) return rule.RoleArn;
        return Ambiguous(pool, mapping);
    }

    // A claim that isn't there matches nothing, not even NotEqual: a rule is about what a token says.
    private static bool Matches(RoleRule rule, JsonElement claims)
    {
        var values = IdTokenClaims.Values(claims, rule.Claim);
        if (values.Count == 0) return false;
        var isList = claims.GetProperty(rule.Claim).ValueKind == JsonValueKind.Array;
        return rule.MatchType switch
        {
            "Equals" => !isList && values[0] == rule.Value,
            "NotEqual" => !isList && values[0] != rule.Value,
            "StartsWith" => !isList && values[0].StartsWith(rule.Value, StringComparison.Ordinal),
            // Of a list such as cognito:groups a whole member has to match; "admin" must not be found in "not-admins".
            "Contains" when isList => values.Contains(rule.Value),
            "Contains" => values[0].Contains(rule.Value, StringComparison.Ordinal),
            _ => false,
        };
    }

    private static IdentityOutcome<string> Ambiguous(IdentityPool pool, RoleMapping mapping) =>
        mapping.AmbiguousRoleResolution == "AuthenticatedRole" ? Set(pool, "authenticated") : new IdentityRefusal.RoleDenied(null);

    private static IdentityOutcome<string> Set(IdentityPool pool, string type) =>
        pool.Settings.Roles.TryGetValue(type, out var role) ? role : new IdentityRefusal.InvalidConfiguration();
}
