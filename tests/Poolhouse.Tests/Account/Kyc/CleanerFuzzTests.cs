using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>Whatever comes, a parser answers: clean or refused, within its bounds. Anything else it throws fails the test.</summary>
[Collection(Alone.Name)]
public sealed class CleanerFuzzTests
{
    public static TheoryData<FileType> Types => [.. Enum.GetValues<FileType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Mutated_files_are_clean_or_refused(FileType type)
    {
        // The seed is fixed, so that a failure can be met again.
        var random = new Random(20261121 + (int)type);
        var samples = type == FileType.Pdf ? new[] { Samples.Pdf, new PdfSample { Pages = 3 }.BuildPacked(), new PdfSample().Build() } : [Samples.Of(type)];
        var watch = Stopwatch.StartNew();
        var clean = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var file = Mutate(samples[i % samples.Length], random);
            if (FileCleaner.Clean(file) is not CleanOutcome.Clean cleaned) continue;
            clean++;
            // What was made is itself one of the type, and no more can be taken from it.
            FileCleaner.Clean(cleaned.Bytes).ShouldBeOfType<CleanOutcome.Clean>();
        }

        clean.ShouldBeGreaterThan(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Any_bytes_behind_a_type_s_first_ones_are_clean_or_refused()
    {
        byte[][] starts = [[0xFF, 0xD8, 0xFF], PngCleaner.Signature.ToArray(), [.. "RIFF\x40\0\0\0WEBP"u8], [.. new HeicSample().Build()[..24]], [.. "%PDF-1.7\n"u8]];
        Prop.ForAll<byte[], int>((bytes, i) =>
        {
            FileCleaner.Clean((byte[])[.. starts[Math.Abs(i % starts.Length)], .. bytes]);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var file = new List<byte>(sample);
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var at = random.Next(file.Count);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    // Lengths and counts at their ends.
                    for (var i = at; i < Math.Min(file.Count, at + 4); i++) file[i] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 3:
                    file.RemoveRange(at, Math.Min(random.Next(1, 64), file.Count - at - 1));
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 64), file.Count - at)));
                    break;
                default:
                    if (random.Next(8) == 0) file.RemoveRange(at, file.Count - at);
                    break;
            }

            if (file.Count == 0) file.Add(0);
        }

        return [.. file];
    }
}
