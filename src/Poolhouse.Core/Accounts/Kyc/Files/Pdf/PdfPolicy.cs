namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>What a document may hold, by the keys of its dictionaries: ISO 32000-2 §12.6 (actions), §7.11 (files), §14.3 (metadata).</summary>
internal static class PdfPolicy
{
    // Showing a page asks for none of them; navigation, structure and names are of no use to a reviewer.
    private static readonly HashSet<string> CatalogKeys = new(StringComparer.Ordinal) { "AcroForm", "Extensions", "Lang", "OCProperties", "PageLayout", "Pages", "Type" };

    // Who made it, when, with what, and small pictures of it as it once was.
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal) { "LastModified", "Metadata", "OpenAction", "PieceInfo", "Thumb" };

    private static readonly HashSet<string> RefusedKeys = new(StringComparer.Ordinal)
    {
        "AA", "AF", "EF", "EmbeddedFiles", "JS", "JavaScript", "RichMediaContent", "XFA",
    };

    private static readonly HashSet<string> RefusedActions = new(StringComparer.Ordinal)
    {
        "GoTo3DView", "GoToE", "GoToR", "ImportData", "JavaScript", "Launch", "Movie", "Rendition", "RichMediaExecute", "Sound", "SubmitForm",
    };

    private static readonly HashSet<string> RefusedSubtypes = new(StringComparer.Ordinal) { "3D", "FileAttachment", "Movie", "RichMedia", "Screen", "Sound" };

    private static readonly HashSet<string> Filters = new(StringComparer.Ordinal)
    {
        "ASCII85Decode", "ASCIIHexDecode", "CCITTFaxDecode", "DCTDecode", "FlateDecode", "JBIG2Decode", "LZWDecode", "RunLengthDecode",
    };

    /// <summary>Refuses a catalog that starts something when it is opened, or has scripts or files by name.</summary>
    public static PdfValue.Dictionary CleanCatalog(PdfValue.Dictionary catalog, PdfFile file)
    {
        // A place to open at is dropped, as other navigation is; anything else that would be done is refused.
        if (file.Direct(catalog.Find("OpenAction")) is PdfValue.Dictionary action && Name(action, "S", file) != "GoTo") throw new FileRefusedException(FileDefect.ActiveContent);
        if (file.Direct(catalog.Find("Names")) is PdfValue.Dictionary names) CheckKeys(names);
        CheckKeys(catalog);
        return new PdfValue.Dictionary(catalog.Entries.Where(entry => CatalogKeys.Contains(entry.Key)).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>Refuses what does something; leaves out what tells something beyond the page.</summary>
    public static PdfValue.Dictionary Clean(PdfValue.Dictionary dictionary, PdfFile file)
    {
        CheckKeys(dictionary);
        if (Name(dictionary, "S", file) is { } action && RefusedActions.Contains(action)) throw new FileRefusedException(FileDefect.ActiveContent);
        if (Name(dictionary, "Subtype", file) is { } subtype && RefusedSubtypes.Contains(subtype)) throw new FileRefusedException(FileDefect.ActiveContent);
        if (Name(dictionary, "Type", file) is "EmbeddedFile" or "Filespec" or "F") throw new FileRefusedException(FileDefect.ActiveContent);
        return new PdfValue.Dictionary(dictionary.Entries.Where(entry => !Dropped.Contains(entry.Key) && !IsLink(entry, file)).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>Refuses streams whose bytes are elsewhere, sealed, or in a format of its own.</summary>
    public static void CheckStream(PdfValue.Dictionary header, IEnumerable<string> filters)
    {
        if (header.Find("F") is not null || header.Find("FFilter") is not null) throw new FileRefusedException(FileDefect.ActiveContent);
        foreach (var filter in filters)
        {
            if (filter == "Crypt") throw new FileRefusedException(FileDefect.Encrypted);
            if (!Filters.Contains(filter)) throw FileRefusedException.Unsupported;
        }
    }

    private static void CheckKeys(PdfValue.Dictionary dictionary)
    {
        if (dictionary.Entries.Keys.Any(RefusedKeys.Contains)) throw new FileRefusedException(FileDefect.ActiveContent);
    }

    // A link to elsewhere does nothing by itself and is common in statements, but a reviewer shall not follow it.
    private static bool IsLink(KeyValuePair<string, PdfValue> entry, PdfFile file) =>
        entry.Key == "A" && file.Direct(entry.Value) is PdfValue.Dictionary action && Name(action, "S", file) == "URI";

    private static string? Name(PdfValue.Dictionary dictionary, string key, PdfFile file) => (file.Direct(dictionary.Find(key)) as PdfValue.Name)?.Text;
}
