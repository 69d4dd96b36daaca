using Poolhouse.Core.Accounts.Kyc.Files.Pdf;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>What became of a file.</summary>
public abstract record CleanOutcome
{
    private CleanOutcome()
    {
    }

    /// <summary>The file without anything but what it shows.</summary>
    public sealed record Clean(FileType Type, byte[] Bytes) : CleanOutcome;

    /// <summary>Not taken.</summary>
    public sealed record Refused(FileDefect Defect) : CleanOutcome;
}

/// <summary>
/// Checks a file strictly against its type and rebuilds it from the parts that showing it needs: no position, camera, author, program or
/// earlier version is left, nor anything behind the file's end. What is shown stays the same; pixels are not encoded again.
/// Time and memory are bounded by the file's size and <see cref="FileLimits"/>.
/// </summary>
public static class FileCleaner
{
    /// <summary>Cleans a whole file; never throws for what the file holds.</summary>
    public static CleanOutcome Clean(ReadOnlyMemory<byte> file)
    {
        if (FileTypes.Sniff(file.Span) is not { } type) return new CleanOutcome.Refused(FileDefect.UnknownType);
        try
        {
            return new CleanOutcome.Clean(type, type switch
            {
                FileType.Jpeg => JpegCleaner.Clean(file.Span),
                FileType.Png => PngCleaner.Clean(file.Span),
                FileType.WebP => WebPCleaner.Clean(file.Span),
                FileType.Heic => HeicCleaner.Clean(file.Span),
                _ => PdfCleaner.Clean(file),
            });
        }
        catch (FileRefusedException refused)
        {
            return new CleanOutcome.Refused(refused.Defect);
        }
    }
}
