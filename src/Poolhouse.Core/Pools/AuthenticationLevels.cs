namespace Poolhouse.Core.Pools;

/// <summary>The names of the four levels in the claim <c>acr</c>. API_AcrLevelConfigType.</summary>
public static class AuthenticationLevels
{
    /// <summary>How many there are.</summary>
    public const int Highest = 4;

    private const string KeyPrefix = "Level";

    /// <summary>The keys of a configuration: Level1–Level4.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Enumerable.Range(1, Highest).Select(level => $"{KeyPrefix}{level}")];

    /// <summary>A level's name in a pool; null for level 0, which is none.</summary>
    /// <param name="names">The names that the pool gave, by key.</param>
    /// <param name="level">0–4.</param>
    public static string? NameOf(IReadOnlyDictionary<string, string> names, int level) => level == 0
        ? null
        : names.GetValueOrDefault(Keys[level - 1]) ?? $"urn:cognito:loa:{level}";

    /// <summary>The level of a name, or 0 for one that the pool doesn't know.</summary>
    public static int LevelOf(IReadOnlyDictionary<string, string> names, string name) =>
        Enumerable.Range(1, Highest).FirstOrDefault(level => NameOf(names, level) == name);
}
