namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>How large a file may be, packed and unpacked (ASVS 5.0: 5.1.1, 5.2.6).</summary>
public static class FileLimits
{
    /// <summary>Bytes of a file: 10 MiB.</summary>
    public const int Bytes = 10 * 1024 * 1024;

    /// <summary>Pixels of an image; the largest phone cameras make 50 million in a photo of 10 MiB.</summary>
    public const long Pixels = 50_000_000;

    /// <summary>Pages of a PDF document.</summary>
    public const int Pages = 20;

    /// <summary>Bytes that all compressed parts of a file may unpack to: 50 million pixels of 4 bytes, and some.</summary>
    public const long UnpackedBytes = 256 * 1024 * 1024;

    /// <summary>Refuses an image without pixels or with too many.</summary>
    internal static void CheckPixels(long width, long height)
    {
        if (width <= 0 || height <= 0) throw FileRefusedException.Malformed;
        if (width > Pixels || height > Pixels || width * height > Pixels) throw new FileRefusedException(FileDefect.TooManyPixels);
    }
}
