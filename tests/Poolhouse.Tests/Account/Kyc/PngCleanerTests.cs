using System.Buffers.Binary;
using System.IO.Compression;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class PngCleanerTests
{
    [Fact]
    public void A_picture_loses_texts_and_position_and_keeps_pixels_and_turning()
    {
        var clean = Samples.Cleaned(Samples.Png());

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("iTXt").ShouldBeFalse();
        clean.Has("eXIf").ShouldBeTrue();
        Samples.Cleaned(Samples.PlainPng).ShouldBe(Samples.Cleaned(Samples.Png(orientation: 1)));
        clean[^8..].ShouldBe(Samples.PngChunk("IEND", [])[^8..]);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        var file = Samples.PlainPng;
        for (var length = 8; length < file.Length; length++) Samples.Defect(file[..length]).ShouldBe(FileDefect.Malformed, $"{length} bytes");
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var file = Samples.PlainPng;
        file[60] ^= 1;

        Samples.Defect(file).ShouldBe(FileDefect.Malformed);
    }

    [Theory]
    [InlineData(16, 16, 8, 2, 0, 16 * (1 + 48), null)]
    [InlineData(16, 16, 8, 2, 0, (16 * (1 + 48)) - 1, FileDefect.Malformed)]
    [InlineData(16, 16, 8, 2, 0, (16 * (1 + 48)) + 1, FileDefect.Malformed)]
    [InlineData(10, 3, 1, 0, 0, 3 * (1 + 2), null)]
    [InlineData(8, 8, 8, 0, 1, (1 * 2) + (1 * 2) + (1 * 3) + (2 * 3) + (2 * 5) + (4 * 5) + (4 * 9), null)]
    [InlineData(1, 1, 8, 0, 1, 2, null)]
    [InlineData(16, 16, 3, 2, 0, 1, FileDefect.Malformed)]
    [InlineData(0, 16, 8, 2, 0, 1, FileDefect.Malformed)]
    [InlineData(8000, 8000, 8, 2, 0, 1, FileDefect.TooManyPixels)]
    [InlineData(7000, 7000, 16, 6, 0, 1, FileDefect.TooLargeUnpacked)]
    public void Pixels_must_be_as_many_as_the_header_says(int width, int height, byte depth, byte colour, byte interlace, int unpacked, FileDefect? defect)
    {
        var file = Build(width, height, depth, colour, interlace, Deflate(new byte[unpacked]));

        if (defect is { } expected) Samples.Defect(file).ShouldBe(expected);
        else Samples.Cleaned(file).ShouldBe(file);
    }

    [Fact]
    public void What_unpacks_to_more_than_a_picture_is_refused_in_time()
    {
        var file = Build(16, 16, 8, 2, 0, Deflate(new byte[300 * 1024 * 1024]));

        file.Length.ShouldBeLessThan(FileLimits.Bytes);
        Samples.Defect(file).ShouldBe(FileDefect.TooLargeUnpacked);
    }

    [Fact]
    public void Unknown_critical_chunks_and_wrong_order_are_refused()
    {
        var file = Samples.PlainPng;
        Samples.Defect([.. file[..33], .. Samples.PngChunk("ABcD", []), .. file[33..]]).ShouldBe(FileDefect.Unsupported);
        Samples.Defect([.. file[..8], .. Samples.PngChunk("tEXt", []), .. file[8..]]).ShouldBe(FileDefect.Malformed);
        Samples.Defect([.. file[..33], .. file[8..33], .. file[33..]]).ShouldBe(FileDefect.Malformed);
    }

    private static byte[] Build(int width, int height, byte depth, byte colour, byte interlace, byte[] pixels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colour, interlace);
        return [.. PngCleaner.Signature, .. Samples.PngChunk("IHDR", header), .. Samples.PngChunk("IDAT", pixels), .. Samples.PngChunk("IEND", [])];
    }

    private static byte[] Deflate(byte[] content)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(content);
        return output.ToArray();
    }
}
