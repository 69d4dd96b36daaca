using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Account.Features;

/// <summary>The operator's features in the form that the library knows: each is its targeting filter.</summary>
internal sealed class FeatureDefinitions(IOptions<ServerOptions> options) : IFeatureDefinitionProvider
{
    private readonly Dictionary<string, FeatureDefinition> _all =
        options.Value.Features.ToDictionary(entry => entry.Key, entry => Of(entry.Key, entry.Value), StringComparer.Ordinal);

    public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) =>
        Task.FromResult(_all.TryGetValue(featureName, out var known) ? known : new FeatureDefinition { Name = featureName });

    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        await Task.CompletedTask;
        foreach (var definition in _all.Values) yield return definition;
    }

    /// <summary>The group of one that an address is.</summary>
    public static string OfEmail(string email) => "email:" + email.ToLowerInvariant();

    private static FeatureDefinition Of(string name, FeatureOptions feature)
    {
        if (feature.Everybody) return new FeatureDefinition { Name = name, EnabledFor = [new FeatureFilterConfiguration { Name = "AlwaysOn" }] };
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Audience:DefaultRolloutPercentage"] = feature.Percentage.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < feature.Users.Length; i++) settings[$"Audience:Users:{i}"] = feature.Users[i];
        // The library knows a user by one name, which is the account's id; an address is a group of one.
        var groups = feature.Groups.Concat(feature.Users.Where(user => user.Contains('@', StringComparison.Ordinal)).Select(email => KeyValuePair.Create(OfEmail(email), 100.0)));
        foreach (var (i, (group, percent)) in groups.Index())
        {
            settings[$"Audience:Groups:{i}:Name"] = group;
            settings[$"Audience:Groups:{i}:RolloutPercentage"] = percent.ToString(CultureInfo.InvariantCulture);
        }

        var parameters = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new FeatureDefinition { Name = name, EnabledFor = [new FeatureFilterConfiguration { Name = "Microsoft.Targeting", Parameters = parameters }] };
    }
}
