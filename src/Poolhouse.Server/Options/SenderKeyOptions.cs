using Poolhouse.Core.Triggers;

namespace Poolhouse.Server.Options;

/// <summary>The key behind a pool's KMSKeyID; one entry of SenderKeys. See docs/triggers.md.</summary>
internal sealed class SenderKeyOptions
{
    /// <summary>What pools name as KMSKeyID: an ARN.</summary>
    public string? KeyId { get; set; }

    /// <summary>32 bytes in base64.</summary>
    public string? Key { get; set; }

    /// <summary>File that holds <see cref="Key"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary><c>aws-encryption-sdk</c> (default) or <c>jwe</c>.</summary>
    public string Format { get; set; } = "aws-encryption-sdk";

    /// <summary>The keys of valid options.</summary>
    public static SenderKeys Keys(IReadOnlyDictionary<string, SenderKeyOptions> entries) => new(entries.Values.ToDictionary(
        entry => entry.KeyId!, entry => new SenderKey(Convert.FromBase64String(entry.Key!), entry.Format == "jwe"), StringComparer.Ordinal));
}
