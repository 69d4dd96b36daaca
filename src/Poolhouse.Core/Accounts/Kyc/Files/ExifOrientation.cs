using System.Buffers.Binary;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>
/// The one thing of a photo's EXIF that its picture needs: which side is up. Phones save pixels as the sensor lies and say the rest here.
/// TIFF 6.0 §2 and EXIF 2.3 §4.6.4 (tag 0x0112).
/// </summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort TypeShort = 3;

    /// <summary>1–8; 1, the picture as it is, for anything that can't be read: the rest is thrown away, so nothing else can be wrong with it.</summary>
    /// <param name="tiff">From the byte order mark on.</param>
    public static byte Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var isLittle = tiff.StartsWith("II"u8);
        if (!isLittle && !tiff.StartsWith("MM"u8)) return 1;
        if (Short(tiff[2..], isLittle) != 42) return 1;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return 1;
        var count = Short(tiff[(int)start..], isLittle);
        for (var i = 0; i < count; i++)
        {
            var at = start + 2 + (12L * i);
            if (at + 12 > tiff.Length) return 1;
            var entry = tiff.Slice((int)at, 12);
            if (Short(entry, isLittle) != Tag) continue;
            var value = Short(entry[8..], isLittle);
            return Short(entry[2..], isLittle) == TypeShort && value is >= 1 and <= 8 ? (byte)value : (byte)1;
        }

        return 1;
    }

    /// <summary>A TIFF structure with that one entry.</summary>
    public static byte[] Build(byte orientation) =>
    [
        .. "MM"u8, 0, 42, 0, 0, 0, 8,
        0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
