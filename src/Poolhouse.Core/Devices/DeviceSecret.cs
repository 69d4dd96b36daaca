using Poolhouse.Core.Srp;

namespace Poolhouse.Core.Devices;

/// <summary>What a device is registered with. API_DeviceSecretVerifierConfigType.</summary>
/// <param name="Salt">1–64 bytes.</param>
/// <param name="Verifier">g^x of the device's own secret, unsigned, big-endian.</param>
public sealed record DeviceSecret(byte[] Salt, byte[] Verifier)
{
    private const int LongestSalt = 64;

    /// <summary>Reads base64; null for anything else, and for numbers that would prove nothing.</summary>
    public static DeviceSecret? TryRead(string? salt, string? verifier)
    {
        if (Bytes(salt, LongestSalt) is not { } saltBytes) return null;
        // Clients put a zero byte before a high bit.
        if (Bytes(verifier, SrpGroup.Length + 1) is not { } verifierBytes) return null;
        var number = SrpNumbers.ToInteger(verifierBytes);
        // 0 and the powers of −1 make the shared secret known to anybody (RFC 5054 §2.5.4 for A, the same for v).
        return number > 1 && number < SrpGroup.N - 1 ? new DeviceSecret(saltBytes, SrpNumbers.ToFixed(number)) : null;
    }

    /// <summary>Never the verifier.</summary>
    public override string ToString() => "***";

    private static byte[]? Bytes(string? base64, int longest)
    {
        if (string.IsNullOrEmpty(base64) || base64.Length > (longest + 2) / 3 * 4) return null;
        var bytes = new byte[longest + 2];
        return Convert.TryFromBase64String(base64, bytes, out var count) && count is > 0 && count <= longest ? bytes[..count] : null;
    }
}
