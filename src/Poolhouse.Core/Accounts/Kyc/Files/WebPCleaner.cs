using System.Buffers.Binary;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>
/// WebP (RFC 9649): one lossy or lossless picture, with transparency or without. EXIF (but its orientation), XMP, ICC profile, unknown chunks and what
/// follows the RIFF chunk are left out, their flags too. Animations are not taken.
/// </summary>
internal static class WebPCleaner
{
    private const byte AlphaFlag = 0x10;
    private const byte ExifFlag = 0x08;
    private const byte AnimationFlag = 0x02;
    private const int MaxChunks = 1_000;

    public static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var outer = new ByteReader(file);
        outer.Take(4);
        var reader = new ByteReader(outer.Take(outer.UInt32LittleEndian()));
        reader.Take(4);

        ReadOnlySpan<byte> extended = default, alpha = default, picture = default;
        var isLossless = false;
        byte orientation = 1;
        for (var count = 0; reader.Remaining > 0; count++)
        {
            if (count > MaxChunks) throw FileRefusedException.Unsupported;
            var name = reader.Take(4);
            var chunk = reader.Take(reader.UInt32LittleEndian());
            // A last odd chunk without its padding is seen in the wild and harmless.
            if (chunk.Length % 2 == 1 && reader.Remaining > 0) reader.Take(1);
            if (name.SequenceEqual("VP8X"u8))
            {
                if (count > 0 || chunk.Length != 10) throw FileRefusedException.Malformed;
                if ((chunk[0] & AnimationFlag) != 0) throw FileRefusedException.Unsupported;
                extended = chunk;
            }
            else if (name.SequenceEqual("ANIM"u8) || name.SequenceEqual("ANMF"u8))
            {
                throw FileRefusedException.Unsupported;
            }
            else if (name.SequenceEqual("ALPH"u8))
            {
                if (extended.IsEmpty || !alpha.IsEmpty || !picture.IsEmpty || chunk.IsEmpty) throw FileRefusedException.Malformed;
                alpha = chunk;
            }
            else if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8))
            {
                if (!picture.IsEmpty) throw FileRefusedException.Malformed;
                isLossless = name[3] == 'L';
                picture = chunk;
            }
            else if (name.SequenceEqual("EXIF"u8) && !extended.IsEmpty)
            {
                // Some writers put JPEG's prefix before the TIFF structure.
                orientation = ExifOrientation.Read(chunk.StartsWith("Exif\0\0"u8) ? chunk[6..] : chunk);
            }

            // A simple file is one chunk (§2.5); whatever follows it is not shown.
            if (extended.IsEmpty && picture.IsEmpty) throw FileRefusedException.Malformed;
        }

        if (picture.IsEmpty || (isLossless && !alpha.IsEmpty)) throw FileRefusedException.Malformed;
        var (width, height) = isLossless ? LosslessSize(picture) : LossySize(picture);
        FileLimits.CheckPixels(width, height);
        if (!extended.IsEmpty && (Size24(extended[4..]), Size24(extended[7..])) != (width, height)) throw FileRefusedException.Malformed;
        return Build(extended, alpha, picture, isLossless, orientation, width, height);
    }

    private static byte[] Build(
        ReadOnlySpan<byte> extended, ReadOnlySpan<byte> alpha, ReadOnlySpan<byte> picture, bool isLossless, byte orientation, int width, int height)
    {
        using var output = new MemoryStream(picture.Length + alpha.Length + 128);
        output.Write("RIFF\0\0\0\0WEBP"u8);
        if (!extended.IsEmpty)
        {
            var flags = (byte)(extended[0] & AlphaFlag);
            if (orientation != 1) flags |= ExifFlag;
            Write(output, "VP8X"u8, [flags, 0, 0, 0, .. Bytes24(width - 1), .. Bytes24(height - 1)]);
        }

        if (!alpha.IsEmpty) Write(output, "ALPH"u8, alpha);
        Write(output, isLossless ? "VP8L"u8 : "VP8 "u8, picture);
        if (orientation != 1) Write(output, "EXIF"u8, ExifOrientation.Build(orientation));
        var bytes = output.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    // RFC 6386 §9.1: a key frame that is shown, whose first part lies within.
    private static (int Width, int Height) LossySize(ReadOnlySpan<byte> chunk)
    {
        var reader = new ByteReader(chunk);
        var tag = reader.Take(3);
        var bits = tag[0] | (tag[1] << 8) | (tag[2] << 16);
        if ((bits & 1) != 0 || ((bits >> 1) & 7) > 3 || ((bits >> 4) & 1) == 0) throw FileRefusedException.Malformed;
        if (!reader.Take(3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])) throw FileRefusedException.Malformed;
        var sizes = reader.UInt32LittleEndian();
        if (bits >> 5 > reader.Remaining) throw FileRefusedException.Malformed;
        return ((int)(sizes & 0x3FFF), (int)((sizes >> 16) & 0x3FFF));
    }

    // RFC 9649 §3.4
    private static (int Width, int Height) LosslessSize(ReadOnlySpan<byte> chunk)
    {
        var reader = new ByteReader(chunk);
        if (reader.Byte() != 0x2F) throw FileRefusedException.Malformed;
        var bits = reader.UInt32LittleEndian();
        if (bits >> 29 != 0 || reader.Remaining == 0) throw FileRefusedException.Malformed;
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    private static int Size24(ReadOnlySpan<byte> bytes) => (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)) + 1;

    private static byte[] Bytes24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static void Write(MemoryStream output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> chunk)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, chunk.Length);
        output.Write(name);
        output.Write(length);
        output.Write(chunk);
        if (chunk.Length % 2 == 1) output.WriteByte(0);
    }
}
