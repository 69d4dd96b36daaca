namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Maps of a request.</summary>
internal static class SentMaps
{
    /// <summary>The entries that have a value: the protocol drops the others, and the model's constraints let them through.</summary>
    public static Dictionary<string, T> Present<T>(this IReadOnlyDictionary<string, T>? map)
        where T : class =>
        (map ?? new Dictionary<string, T>()).Where(e => (T?)e.Value is not null).ToDictionary(StringComparer.Ordinal);
}
