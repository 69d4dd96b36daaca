using System.Text.Json;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>The keys that a pool published at some moment (RFC 7517 §5).</summary>
internal sealed class KeySet
{
    // Cognito publishes two; more than this is no key set.
    private const int MaxKeys = 100;

    private readonly Dictionary<string, VerificationKey> _keys;

    private KeySet(Dictionary<string, VerificationKey> keys) => _keys = keys;

    /// <summary>The key of that name, or null.</summary>
    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>Reads a key set. Keys that can't be used are left out (RFC 7517 §5).</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="before">The set before: its key objects go on, so that what was verified by them stays known.</param>
    /// <exception cref="JsonException">It is no key set, or has no usable key: the set before is better than that.</exception>
    public static KeySet Read(ReadOnlyMemory<byte> utf8, KeySet? before)
    {
        using var json = JsonDocument.Parse(utf8);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("keys"u8, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxKeys)
            throw new JsonException("Not a key set.");
        var keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        foreach (var jwk in list.EnumerateArray())
        {
            if (VerificationKey.TryRead(jwk) is not { } key) continue;
            var known = before?.Find(key.Id);
            keys.TryAdd(key.Id, known is not null && known.IsSame(key) ? known : key);
        }

        return keys.Count > 0 ? new KeySet(keys) : throw new JsonException("No usable key.");
    }
}
