using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;

namespace Poolhouse.Server.Cognito;

/// <summary>What the LITE tier lacks (user guide, "User pool feature plans"); every other feature is in every tier here.</summary>
internal static class TierFeatures
{
    private const string Lite = "LITE";

    /// <summary>The words for what a client uses beyond its pool's tier, or null.</summary>
    public static string? Problem(string tier, ClientSettings client) => tier == Lite ? Words(Names(client)) : null;

    /// <summary>The words for what a pool with its clients uses beyond the tier of the settings, or null.</summary>
    public static string? Problem(PoolSettings pool, IReadOnlyList<AppClient> clients)
    {
        if (pool.Tier != Lite) return null;
        var names = clients.SelectMany(client => Names(client.Settings));
        if (pool.Passwords.HistorySize > 0) names = names.Append("Password History");
        if (pool.Mfa.AllowsEmail) names = names.Append("Email MFA");
        if (pool.AllowedFirstAuthFactors.Any(f => f != "PASSWORD")) names = names.Append("Passwordless Sign-In");
        if (pool.Triggers.PreTokenGenerationVersion > 1) names = names.Append("Access Token Customization");
        return Words(names);
    }

    private static IEnumerable<string> Names(ClientSettings client)
    {
        // The name of the first is observed, those of the others are not.
        if (client.Rotation is { IsEnabled: true }) yield return "Refresh Token Rotation";
        if ((AuthFlowNames.Allowed(client) & AuthFlows.Choice) != AuthFlows.None) yield return "Choice-Based Sign-In";
    }

    private static string? Words(IEnumerable<string> features)
    {
        var names = string.Join(", ", features.Distinct(StringComparer.Ordinal));
        return names.Length == 0 ? null : $"The following features need to be disabled for the LITE pricing tier configured: {names}";
    }
}
