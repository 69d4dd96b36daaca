namespace Poolhouse.Core.Sealing;

/// <summary>The keys of one purpose, one per master key, the current one first.</summary>
internal sealed class PurposeKeys(MasterKeyRing ring, SealPurpose purpose)
{
    public IReadOnlyList<PurposeKey> All { get; } = [.. ring.Keys.Select(key => new PurposeKey(key, purpose))];

    public PurposeKey Current => All[0];

    /// <summary>Null when the ring has no master key of that id.</summary>
    public PurposeKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in All)
        {
            if (id.SequenceEqual(key.Id)) return key;
        }

        return null;
    }
}
