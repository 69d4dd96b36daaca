namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>Why a file is not taken.</summary>
public enum FileDefect
{
    /// <summary>None of the accepted types.</summary>
    UnknownType,

    /// <summary>Damaged, cut off, or not what its type's specification says.</summary>
    Malformed,

    /// <summary>A feature of the type that identity documents don't need, such as animation or lossless JPEG.</summary>
    Unsupported,

    /// <summary>More pixels than <see cref="FileLimits.Pixels"/>.</summary>
    TooManyPixels,

    /// <summary>More pages than <see cref="FileLimits.Pages"/>.</summary>
    TooManyPages,

    /// <summary>Unpacks to more than <see cref="FileLimits.UnpackedBytes"/>.</summary>
    TooLargeUnpacked,

    /// <summary>Protected by a password.</summary>
    Encrypted,

    /// <summary>Scripts, programs to start, or files within the file.</summary>
    ActiveContent,
}

/// <summary>The way out of a parser: what is wrong is found many calls deep. Caught in <see cref="FileCleaner"/> only.</summary>
internal sealed class FileRefusedException(FileDefect defect) : Exception(defect.ToString())
{
    public FileDefect Defect => defect;

    public static FileRefusedException Malformed => new(FileDefect.Malformed);

    public static FileRefusedException Unsupported => new(FileDefect.Unsupported);
}
