using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;

namespace Poolhouse.Server.Cognito;

/// <summary>What the tiers lack (user guide, "User pool feature plans"): LITE all that is named here, ESSENTIALS threat protection.</summary>
internal static class TierFeatures
{
    private const string Lite = "LITE";
    private const string Plus = "PLUS";

    /// <summary>The words for what a client uses beyond its pool's tier, or null.</summary>
    public static string? Problem(string tier, ClientSettings client) => tier == Lite ? Words(Lite, Names(client)) : null;

    /// <summary>The words for what a pool with its clients uses beyond the tier of the settings, or null.</summary>
    public static string? Problem(PoolSettings pool, IReadOnlyList<AppClient> clients)
    {
        if (pool.Tier != Plus && pool.ThreatProtection != ThreatModes.Off) return Words(pool.Tier, ["Threat Protection"]);
        if (pool.Tier != Lite) return null;
        var names = clients.SelectMany(client => Names(client.Settings));
        if (pool.Passwords.HistorySize > 0) names = names.Append("Password History");
        if (pool.Mfa.AllowsEmail) names = names.Append("Email MFA");
        if (pool.AllowedFirstAuthFactors.Any(f => f != "PASSWORD")) names = names.Append("Passwordless Sign-In");
        if (pool.AcrNames.Count > 0) names = names.Append("ACR Configuration");
        if (pool.Triggers.PreTokenGenerationVersion > 1) names = names.Append("Access Token Customization");
        if (pool.Sessions.IsEnabled) names = names.Append("Session Tracking");
        return Words(Lite, names);
    }

    /// <summary>The words for a feature that the pool's tier lacks, or null; for operations that are that feature.</summary>
    public static string? Lacks(PoolSettings pool, string feature) => pool.Tier == Lite ? Words(Lite, [feature]) : null;

    /// <summary>The same for features of the PLUS tier.</summary>
    public static string? LacksPlus(PoolSettings pool, string feature) => pool.Tier == Plus ? null : Words(pool.Tier, [feature]);

    private static IEnumerable<string> Names(ClientSettings client)
    {
        // The name of the first is observed, those of the others are not.
        if (client.Rotation is { IsEnabled: true }) yield return "Refresh Token Rotation";
        if ((AuthFlowNames.Allowed(client) & AuthFlows.Choice) != AuthFlows.None) yield return "Choice-Based Sign-In";
    }

    private static string? Words(string tier, IEnumerable<string> features)
    {
        var names = string.Join(", ", features.Distinct(StringComparer.Ordinal));
        return names.Length == 0 ? null : $"The following features need to be disabled for the {tier} pricing tier configured: {names}";
    }
}
