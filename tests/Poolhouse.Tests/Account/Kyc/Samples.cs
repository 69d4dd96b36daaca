using System.Buffers.Binary;
using System.Text;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>Files as people send them, with what must not be kept: a position as EXIF has it, and words that tests look for.</summary>
internal static class Samples
{
    /// <summary>In every sample's metadata.</summary>
    public const string Secret = "GPS48.137154N11.576124E";

    /// <summary>A canvas of Chromium, 48 × 32.</summary>
    public static byte[] PlainJpeg => Read("photo.jpg");

    /// <summary>The same, with transparency.</summary>
    public static byte[] PlainPng => Read("photo.png");

    /// <summary>The same, with transparency.</summary>
    public static byte[] PlainWebP => Read("photo.webp");

    /// <summary>Two pages printed by Chromium; the photo within has a position.</summary>
    public static byte[] Pdf => Read("statement.pdf");

    /// <summary>A photo of a phone that was held upright, with all that comes with it.</summary>
    public static byte[] Jpeg(byte orientation = 6) => InsertJpeg(
        PlainJpeg,
        [.. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Bytes(Secret)]),
        .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Bytes(Secret)]),
        .. Segment(0xFE, Bytes(Secret))]);

    /// <summary>A screenshot with a text, a position, and something behind its end.</summary>
    public static byte[] Png(byte orientation = 6)
    {
        var plain = PlainPng;
        byte[] more = [.. PngChunk("tEXt", Bytes("Location\0" + Secret)), .. PngChunk("eXIf", Exif(orientation)), .. PngChunk("iTXt", Bytes("XML:com.adobe.xmp\0\0\0\0\0" + Secret))];
        return [.. plain[..33], .. more, .. plain[33..], .. Bytes(Secret)];
    }

    /// <summary>A picture with EXIF and XMP.</summary>
    public static byte[] WebP(byte orientation = 6)
    {
        var file = PlainWebP;
        file[20] |= 0x0C;
        byte[] all = [.. file, .. WebPChunk("EXIF", Exif(orientation)), .. WebPChunk("XMP ", Bytes(Secret)), .. WebPChunk("junk", Bytes(Secret))];
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(4), all.Length - 8);
        return [.. all, .. Bytes(Secret)];
    }

    /// <summary>Every type once.</summary>
    public static byte[] Of(FileType type) => type switch
    {
        FileType.Jpeg => Jpeg(),
        FileType.Png => Png(),
        FileType.WebP => WebP(),
        FileType.Heic => new HeicSample().Build(),
        _ => Pdf,
    };

    /// <summary>TIFF with an orientation, a camera, and a directory of GPS with the secret.</summary>
    public static byte[] Exif(byte orientation)
    {
        byte[] head =
        [
            .. "II"u8, 42, 0, 8, 0, 0, 0,
            2, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,
            0, 0, 0, 0,
            1, 0,
            0x02, 0x00, 2, 0, (byte)Secret.Length, 0, 0, 0, 56, 0, 0, 0,
            0, 0, 0, 0,
        ];
        return [.. head, .. Bytes(Secret)];
    }

    public static byte[] InsertJpeg(byte[] file, byte[] segments) => [.. file[..2], .. segments, .. file[2..]];

    public static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    public static byte[] PngChunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. Big(content.Length), .. named, .. Big(unchecked((int)Crc32.Of(named)))];
    }

    public static byte[] WebPChunk(string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. content, .. new byte[content.Length % 2]];
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static bool Has(this byte[] file, string text) => file.AsSpan().IndexOf(Bytes(text)) >= 0;

    /// <summary>Cleans what must be clean.</summary>
    public static byte[] Cleaned(byte[] file)
    {
        var outcome = FileCleaner.Clean(file);
        return outcome.ShouldBeOfType<CleanOutcome.Clean>(outcome.ToString()).Bytes;
    }

    /// <summary>Cleans what must not be.</summary>
    public static FileDefect Defect(byte[] file) => FileCleaner.Clean(file).ShouldBeOfType<CleanOutcome.Refused>().Defect;

    private static byte[] Read(string name)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream("Samples/" + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
