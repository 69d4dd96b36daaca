namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>The languages that the built-in messages exist in, sorted by tag.</summary>
internal static class Languages
{
    public static readonly IReadOnlyList<Language> All =
    [
        Arabic.Language,
        German.Language,
        English.Language,
        Spanish.Language,
        French.Language,
        Japanese.Language,
        Portuguese.Language,
    ];

    /// <summary>The language of a tag such as <c>de-AT</c> or <c>en_US</c>: its own, else that of its first part, else English.</summary>
    public static Language For(string? tag)
    {
        if (string.IsNullOrEmpty(tag)) return English.Language;
        // OIDC Core §5.1: some implementations write an underscore into locale.
        var wanted = tag.Replace('_', '-');
        return Find(wanted) ?? Find(wanted.Split('-', 2)[0]) ?? English.Language;
    }

    private static Language? Find(string tag) =>
        All.FirstOrDefault(language => string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase));
}
