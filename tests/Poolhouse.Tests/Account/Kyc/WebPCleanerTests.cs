using System.Buffers.Binary;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class WebPCleanerTests
{
    [Fact]
    public void A_picture_loses_exif_xmp_profile_and_their_flags()
    {
        var clean = Samples.Cleaned(Samples.WebP(orientation: 1));

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("ICCP").ShouldBeFalse();
        clean[20].ShouldBe((byte)0x10, "Only transparency.");
        BinaryPrimitives.ReadInt32LittleEndian(clean.AsSpan(4)).ShouldBe(clean.Length - 8);
        clean.ShouldBe(Samples.Cleaned(Samples.PlainWebP));
    }

    [Fact]
    public void Which_side_is_up_is_kept()
    {
        var clean = Samples.Cleaned(Samples.WebP(orientation: 8));

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean[20].ShouldBe((byte)0x18);
        ExifOrientation.Read(clean.AsSpan(clean.AsSpan().IndexOf("EXIF"u8) + 8)).ShouldBe((byte)8);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        var file = Samples.PlainWebP;
        for (var length = 12; length < file.Length; length++) Samples.Defect(file[..length]).ShouldBe(FileDefect.Malformed, $"{length} bytes");
    }

    [Fact]
    public void Lossless_pictures_are_read()
    {
        var bits = (1023 | (511 << 14));
        byte[] picture = [0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24), 1, 2, 3, 4];
        var file = Riff(Samples.WebPChunk("VP8L", picture));

        Samples.Cleaned(file).ShouldBe(file);
        Samples.Cleaned([.. file, .. Samples.Bytes(Samples.Secret)]).ShouldBe(file);
    }

    [Fact]
    public void Animations_too_many_pixels_and_wrong_sizes_are_refused()
    {
        var animated = Samples.PlainWebP;
        animated[20] |= 2;
        Samples.Defect(animated).ShouldBe(FileDefect.Unsupported);

        var other = Samples.PlainWebP;
        other[24]++;
        Samples.Defect(other).ShouldBe(FileDefect.Malformed);

        byte[] huge = [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 1];
        Samples.Defect(Riff(Samples.WebPChunk("VP8L", huge))).ShouldBe(FileDefect.TooManyPixels);
        Samples.Defect(Riff(Samples.WebPChunk("junk", huge))).ShouldBe(FileDefect.Malformed);
    }

    private static byte[] Riff(byte[] chunks)
    {
        byte[] file = [.. "RIFF\0\0\0\0WEBP"u8, .. chunks];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
