namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>A kind of file that is taken, told by its content only.</summary>
public enum FileType
{
    /// <summary>ISO/IEC 10918-1.</summary>
    Jpeg,

    /// <summary>ISO/IEC 15948.</summary>
    Png,

    /// <summary>RFC 9649.</summary>
    WebP,

    /// <summary>ISO/IEC 23008-12 with HEVC, as phones make it.</summary>
    Heic,

    /// <summary>ISO 32000.</summary>
    Pdf,
}

/// <summary>What a type is called.</summary>
public static class FileTypes
{
    /// <summary>The media type.</summary>
    public static string MediaType(this FileType type) => type switch
    {
        FileType.Jpeg => "image/jpeg",
        FileType.Png => "image/png",
        FileType.WebP => "image/webp",
        FileType.Heic => "image/heic",
        _ => "application/pdf",
    };

    /// <summary>The end of a file's name, with its dot.</summary>
    public static string Extension(this FileType type) => type switch
    {
        FileType.Jpeg => ".jpg",
        FileType.Png => ".png",
        FileType.WebP => ".webp",
        FileType.Heic => ".heic",
        _ => ".pdf",
    };

    /// <summary>The type whose media type it is.</summary>
    public static FileType Of(string mediaType) =>
        Enum.GetValues<FileType>().First(type => string.Equals(type.MediaType(), mediaType, StringComparison.Ordinal));

    /// <summary>The type that the first bytes say, or null. Neither a name nor a declared type is ever asked.</summary>
    public static FileType? Sniff(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileType.Jpeg
        : file.StartsWith(PngCleaner.Signature) ? FileType.Png
        : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? FileType.WebP
        : HeicCleaner.IsHeic(file) ? FileType.Heic
        : file.StartsWith("%PDF-"u8) ? FileType.Pdf
        : null;
}
