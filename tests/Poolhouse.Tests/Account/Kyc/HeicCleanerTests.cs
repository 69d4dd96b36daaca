using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class HeicCleanerTests
{
    [Fact]
    public void A_photo_loses_position_texts_and_names_and_keeps_its_tiles_where_they_are()
    {
        var sample = new HeicSample();
        var file = sample.Build();
        file.Has(Samples.Secret).ShouldBeTrue();

        var clean = Samples.Cleaned(file);

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("xmpmeta").ShouldBeFalse();
        clean.Has("Exif").ShouldBeFalse();
        clean.Has("colr").ShouldBeFalse("The ICC profile goes.");
        clean.Has("irot").ShouldBeTrue();
        clean.Length.ShouldBe(file.Length);
        var at = file.AsSpan().IndexOf(sample.TileA);
        clean.AsSpan(at, 500).SequenceEqual(file.AsSpan(at, 500)).ShouldBeTrue();
        Samples.Cleaned(clean).ShouldBe(clean);
    }

    [Fact]
    public void Data_that_is_both_picture_and_metadata_is_refused() =>
        Samples.Defect(new HeicSample { ExifShift = -10 }.Build()).ShouldBe(FileDefect.Malformed);

    [Fact]
    public void Data_beyond_its_box_is_refused() => Samples.Defect(new HeicSample { ExifShift = 2_000 }.Build()).ShouldBe(FileDefect.Malformed);

    [Fact]
    public void A_property_that_must_not_be_left_out_is_refused() => Samples.Defect(new HeicSample { NeedsProfile = true }.Build()).ShouldBe(FileDefect.Unsupported);

    [Fact]
    public void Too_many_pixels_are_refused() => Samples.Defect(new HeicSample { Width = 60_000, Height = 60_000 }.Build()).ShouldBe(FileDefect.TooManyPixels);

    [Fact]
    public void Protected_items_are_refused() => Samples.Defect(new HeicSample { ItemProtection = 1 }.Build()).ShouldBe(FileDefect.Encrypted);

    [Fact]
    public void Other_codecs_are_other_types() => Samples.Defect(new HeicSample { Brand = "avif" }.Build()).ShouldBe(FileDefect.UnknownType);

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        var file = new HeicSample().Build();
        // Before the last box, which nobody needs, and not where a box ends.
        for (var length = 40; length < file.Length - 60; length += 7) FileCleaner.Clean(file.AsMemory(0, length)).ShouldBeOfType<CleanOutcome.Refused>($"{length} bytes");
    }
}
