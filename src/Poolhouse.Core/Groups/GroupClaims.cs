namespace Poolhouse.Core.Groups;

/// <summary>What a user's groups become in tokens (user guide, "Adding groups to a user pool": precedence and roles).</summary>
/// <param name="Names"><c>cognito:groups</c>, in both tokens.</param>
/// <param name="Roles"><c>cognito:roles</c>, in the ID token.</param>
/// <param name="PreferredRole"><c>cognito:preferred_role</c>, in the ID token; null where no role is preferred.</param>
public sealed record GroupClaims(IReadOnlyList<string> Names, IReadOnlyList<string> Roles, string? PreferredRole)
{
    /// <summary>Of a user in no group: no claim at all.</summary>
    public static GroupClaims None { get; } = new([], [], null);

    /// <summary>The claims for these groups. Lists are ordered by precedence and then by name; a role stands once.</summary>
    public static GroupClaims Of(IReadOnlyList<Group> groups)
    {
        if (groups.Count == 0) return None;
        var ordered = groups.OrderBy(g => g.Precedence ?? long.MaxValue).ThenBy(g => g.Name, StringComparer.Ordinal).ToList();
        var withRole = ordered.Where(g => g.RoleArn is not null).ToList();
        return new GroupClaims(
            [.. ordered.Select(g => g.Name)],
            [.. withRole.Select(g => g.RoleArn!).Distinct(StringComparer.Ordinal)],
            Preferred(withRole));
    }

    // API_CreateGroup: of groups with the same precedence neither comes first; where their roles differ, none is preferred
    // (observed, and that groups without a precedence never select one).
    private static string? Preferred(List<Group> withRole)
    {
        var best = withRole.Min(g => g.Precedence);
        if (best is null) return null;
        var roles = withRole.Where(g => g.Precedence == best).Select(g => g.RoleArn).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return roles.Count == 1 ? roles[0] : null;
    }
}
