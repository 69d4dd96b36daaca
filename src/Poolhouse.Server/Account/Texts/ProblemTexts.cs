using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Localization;

namespace Poolhouse.Server.Account.Texts;

/// <summary>What a problem says.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What to do next.</param>
internal sealed record ProblemText(string Title, string Detail);

/// <summary>One language's file: <c>{"problems":{"CODE":{"title":"…","detail":"…"}},"fields":{"REQUIRED":"…"},"rules":{"LOWERCASE":"…"},"questions":{"first_teacher":"…"}}</c>.</summary>
internal sealed record ProblemTextFile(
    Dictionary<string, ProblemText> Problems, Dictionary<string, string> Fields, Dictionary<string, string> Rules, Dictionary<string, string> Questions);

/// <summary>Titles and details of every problem in every language, read once. What a language lacks is told in English; a test finds it.</summary>
internal static class ProblemTexts
{
    private static readonly FrozenDictionary<string, ProblemTextFile> Files =
        LanguageTags.All.Select(tag => (tag, file: Read(tag))).Where(f => f.file is not null).ToFrozenDictionary(f => f.tag, f => f.file!, StringComparer.Ordinal);

    /// <summary>The languages there are files of.</summary>
    public static IReadOnlyCollection<string> Languages => Files.Keys;

    /// <summary>One language's texts.</summary>
    public static ProblemTextFile Of(string language) => Files[language];

    /// <summary>What a problem says in a language.</summary>
    public static ProblemText Problem(string language, string code) =>
        Files.TryGetValue(language, out var file) && file.Problems.TryGetValue(code, out var text) ? text : Files[LanguageTags.Default].Problems[code];

    /// <summary>What a field's error says in a language.</summary>
    public static string Field(string language, FieldError error) => Filled(language, file => file.Fields, error.Code, error.Argument);

    /// <summary>What a rule for passwords says in a language.</summary>
    public static string Rule(string language, string code, string? argument) => Filled(language, file => file.Rules, code, argument);

    /// <summary>A security question in a language.</summary>
    public static string Question(string language, string code) => Filled(language, file => file.Questions, code, null);

    private static string Filled(string language, Func<ProblemTextFile, Dictionary<string, string>> texts, string code, string? argument)
    {
        var text = Files.TryGetValue(language, out var file) && texts(file).TryGetValue(code, out var own) ? own : texts(Files[LanguageTags.Default])[code];
        return argument is null ? text : string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(text), argument);
    }

    private static ProblemTextFile? Read(string language)
    {
        using var stream = typeof(ProblemTexts).Assembly.GetManifestResourceStream($"Account/Texts/{language}.json");
        return stream is null ? null : JsonSerializer.Deserialize(stream, AccountJson.Default.ProblemTextFile);
    }
}
