using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class JpegCleanerTests
{
    [Fact]
    public void A_photo_loses_its_position_and_keeps_which_side_is_up()
    {
        var file = Samples.Jpeg();
        file.Has(Samples.Secret).ShouldBeTrue();

        var clean = Samples.Cleaned([.. file, .. Samples.Bytes(Samples.Secret)]);

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("Photoshop").ShouldBeFalse();
        clean.Has("Google").ShouldBeFalse("The ICC profile goes.");
        clean[^2..].ShouldBe((byte[])[0xFF, 0xD9]);
        var exif = clean.AsSpan().IndexOf("Exif\0\0"u8);
        ExifOrientation.Read(clean.AsSpan(exif + 6)).ShouldBe((byte)6);
    }

    [Fact]
    public void What_is_shown_stays_byte_for_byte()
    {
        var file = Samples.PlainJpeg;
        var from = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);

        var clean = Samples.Cleaned(file);

        clean.AsSpan().EndsWith(file.AsSpan(from)).ShouldBeTrue("Tables, frame and scan.");
        clean.Length.ShouldBe(file.Length - from + 20, "JFIF's 18 bytes and the start.");
    }

    [Fact]
    public void A_photo_that_is_upright_has_no_exif() => Samples.Cleaned(Samples.Jpeg(orientation: 1)).Has("Exif").ShouldBeFalse();

    [Fact]
    public void Fill_bytes_and_restarts_are_read()
    {
        var file = Samples.PlainJpeg;
        var tables = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        byte[] filled = [.. file[..tables], 0xFF, 0xFF, .. file[tables..^2], 0xFF, 0xD3, 0x11, 0xFF, 0xFF, 0xD9];

        Samples.Cleaned(filled).AsSpan().EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD3, 0x11, 0xFF, 0xD9]).ShouldBeTrue();
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        var file = Samples.Jpeg();
        for (var length = 3; length < file.Length; length++) Samples.Defect(file[..length]).ShouldBe(FileDefect.Malformed, $"{length} bytes");
    }

    [Fact]
    public void Too_many_pixels_are_refused()
    {
        var file = Samples.PlainJpeg;
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        Samples.Big(10_000 << 16 | 5_001).CopyTo(file.AsSpan(frame + 5));

        Samples.Defect(file).ShouldBe(FileDefect.TooManyPixels);
    }

    [Theory]
    [InlineData(0xC3)]
    [InlineData(0xC9)]
    [InlineData(0xCC)]
    [InlineData(0xDE)]
    public void Coding_that_no_camera_uses_is_refused(byte marker) =>
        Samples.Defect(Samples.InsertJpeg(Samples.PlainJpeg, Samples.Segment(marker, new byte[20]))).ShouldBe(FileDefect.Unsupported);

    [Fact]
    public void More_scans_than_an_encoder_makes_are_refused()
    {
        var file = Samples.PlainJpeg;
        var scan = file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])..^2];
        byte[] bomb = [.. file[..^2], .. Enumerable.Repeat(scan, 100).SelectMany(bytes => bytes), 0xFF, 0xD9];

        Samples.Defect(bomb).ShouldBe(FileDefect.Unsupported);
    }
}
