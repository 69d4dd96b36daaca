namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>An object of a PDF file: ISO 32000-2 §7.3.</summary>
internal abstract record PdfValue
{
    /// <summary>No value.</summary>
    public sealed record Null : PdfValue
    {
        public static readonly Null Instance = new();
    }

    /// <summary>true, false or a number, as it is written.</summary>
    public sealed record Plain(string Text) : PdfValue
    {
        /// <summary>As a whole number, or null.</summary>
        public long? Integer => long.TryParse(Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>A name without its slash, escapes undone; one character a byte.</summary>
    public sealed record Name(string Text) : PdfValue;

    /// <summary>A string, escapes undone.</summary>
    public sealed record Literal(byte[] Bytes) : PdfValue;

    /// <summary>A list.</summary>
    public sealed record Array(List<PdfValue> Items) : PdfValue;

    /// <summary>Values by name.</summary>
    public sealed record Dictionary(Dictionary<string, PdfValue> Entries) : PdfValue
    {
        /// <summary>The value, or null.</summary>
        public PdfValue? Find(string key) => Entries.GetValueOrDefault(key);

        /// <summary>The text of a name, or null.</summary>
        public string? FindName(string key) => (Find(key) as Name)?.Text;
    }

    /// <summary>Another object, by its number.</summary>
    public sealed record Reference(int Number, int Generation) : PdfValue;

    /// <summary>Bytes with a dictionary; encoded by the dictionary's filters.</summary>
    public sealed record Stream(Dictionary Header, ReadOnlyMemory<byte> Bytes) : PdfValue;
}
