using System.Numerics;

namespace Poolhouse.Core.Srp;

/// <summary>
/// How Cognito's clients write numbers before hashing them: as a signed big integer would be, minimal and big-endian, with a
/// zero byte before a high bit. Getting one corner of this wrong fails about one sign-in in sixteen.
/// </summary>
public static class SrpNumbers
{
    /// <summary>Hex digits accepted for a number from the wire: N has 768, and nothing honest is much longer.</summary>
    public const int MaxHexLength = 1024;

    /// <summary>The bytes that are hashed: leading zeros dropped, then one zero byte before a high bit; zero is one zero byte.</summary>
    /// <param name="unsigned">Unsigned, big-endian, of any length.</param>
    public static byte[] Signed(ReadOnlySpan<byte> unsigned)
    {
        var digits = unsigned.TrimStart((byte)0);
        if (!digits.IsEmpty && digits[0] < 0x80) return digits.ToArray();
        var padded = new byte[digits.Length + 1];
        digits.CopyTo(padded.AsSpan(1));
        return padded;
    }

    /// <summary>Lower-case hex of <see cref="Signed"/>: how SRP_B travels. Its length is always even.</summary>
    public static string ToHex(ReadOnlySpan<byte> unsigned) => Convert.ToHexStringLower(Signed(unsigned));

    /// <summary>Reads hex of either case and of odd length too (clients send <c>toString(16)</c>); false for anything else.</summary>
    /// <param name="hex">Up to <see cref="MaxHexLength"/> digits, no sign, no prefix.</param>
    /// <param name="number">Unsigned, big-endian, without leading zeros beyond those sent.</param>
    public static bool TryParseHex(string? hex, out byte[] number)
    {
        number = [];
        if (string.IsNullOrEmpty(hex) || hex.Length > MaxHexLength || !hex.All(char.IsAsciiHexDigit)) return false;
        number = Convert.FromHexString(hex.Length % 2 == 0 ? hex : "0" + hex);
        return true;
    }

    /// <summary>The number that unsigned big-endian bytes stand for.</summary>
    public static BigInteger ToInteger(ReadOnlySpan<byte> unsigned) => new(unsigned, isUnsigned: true, isBigEndian: true);

    /// <summary>A number below N at the group's full width.</summary>
    public static byte[] ToFixed(BigInteger number)
    {
        var bytes = new byte[SrpGroup.Length];
        var count = number.GetByteCount(isUnsigned: true);
        _ = number.TryWriteBytes(bytes.AsSpan(SrpGroup.Length - count), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
