using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Features;

/// <summary><c>GET features</c>.</summary>
/// <param name="Features">By name, whether it is on for the caller.</param>
internal sealed record FeaturesAnswer(IReadOnlyDictionary<string, bool> Features);

/// <summary>Which features are on for an account.</summary>
internal sealed class FeatureFlags(IFeatureManager features)
{
    /// <summary>All of them, by name.</summary>
    public async ValueTask<IReadOnlyDictionary<string, bool>> OfAsync(SignedIn caller)
    {
        // The id decides the share that an account falls into, so it is always the same one.
        var groups = caller.Account.Email is { } email ? caller.Groups.Append(FeatureDefinitions.OfEmail(email)) : caller.Groups;
        var context = new TargetingContext { UserId = caller.Account.Id.Value, Groups = groups };
        var result = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var name in features.GetFeatureNamesAsync()) result[name] = await features.IsEnabledAsync(name, context);
        return result;
    }

    /// <summary>Maps the route.</summary>
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/features", async (AccountCall call, FeatureFlags flags) => Results.Json(new FeaturesAnswer(await flags.OfAsync(call.SignedIn)), AccountJson.Default.FeaturesAnswer))
        .RequireAccount()
        .Limit(RateLimits.Reads);
}
