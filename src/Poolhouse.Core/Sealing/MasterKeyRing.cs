using System.Security.Cryptography;

namespace Poolhouse.Core.Sealing;

/// <summary>The master keys: one that seals, and older ones that still open what they sealed.</summary>
public sealed class MasterKeyRing
{
    /// <summary>Bytes of a master key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a key's id: the first of its SHA-256.</summary>
    public const int KeyIdLength = 4;

    private MasterKeyRing(IReadOnlyList<MasterKey> keys) => Keys = keys;

    /// <summary>All keys, the current one first.</summary>
    internal IReadOnlyList<MasterKey> Keys { get; }

    /// <summary>The id of the key that seals, in lower-case hex; fit for logs.</summary>
    public string CurrentKeyId => Convert.ToHexStringLower(Keys[0].Id);

    /// <summary>
    /// Reads a list separated by commas, the current key first; each is 32 bytes in base64 or in hex (64 digits).
    /// </summary>
    /// <exception cref="FormatException">The list cannot be used. The message says which entry is wrong, never what it holds.</exception>
    public static MasterKeyRing Parse(string text)
    {
        var keys = new List<MasterKey>();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Decode(entry) is not { Length: KeyLength } key)
                throw new FormatException($"Master key {keys.Count + 1} must be {KeyLength} bytes in base64 or hex.");

            // Also met when two keys share an id by chance, one time in 2^32: then nobody could tell which of them sealed.
            var id = SHA256.HashData(key)[..KeyIdLength];
            if (keys.Exists(other => other.Id.AsSpan().SequenceEqual(id)))
                throw new FormatException($"Master key {keys.Count + 1} repeats an earlier one.");
            keys.Add(new MasterKey(id, key));
        }

        return new MasterKeyRing(keys);
    }

    /// <summary>Whether this ring opens what was sealed under the key of an id; null where it doesn't, false where an older key than the current one does.</summary>
    public bool? IsCurrent(ReadOnlySpan<byte> keyId)
    {
        for (var i = 0; i < Keys.Count; i++)
            if (keyId.SequenceEqual(Keys[i].Id)) return i == 0;
        return null;
    }

    private static byte[]? Decode(string entry)
    {
        // 64 hex digits would also be base64 of 48 bytes, so hex is tried first and the lengths never meet.
        if (entry.Length == KeyLength * 2 && entry.All(char.IsAsciiHexDigit)) return Convert.FromHexString(entry);
        var bytes = new byte[KeyLength + 1];
        return entry.Length <= 44 && Convert.TryFromBase64String(entry, bytes, out var count) ? bytes[..count] : null;
    }
}

/// <summary>A master key and its id.</summary>
internal sealed record MasterKey(byte[] Id, byte[] Value)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => "***";
}
