using System.Net.Mail;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Server.Account;

/// <summary>What is wrong with a field.</summary>
/// <param name="Code">Stable, upper snake case; its text is in <c>Texts/</c>.</param>
/// <param name="Argument">Fills the text's {0}; null where it has none.</param>
internal sealed record FieldError(string Code, string? Argument = null);

/// <summary>What is wrong with the fields of a request, all of it at once.</summary>
internal sealed class FieldErrors
{
    // RFC 5321 §4.5.3.1.3, less its angle brackets.
    private const int LongestEmail = 254;

    private readonly Dictionary<string, FieldError> _byField = new(StringComparer.Ordinal);

    /// <summary>By field.</summary>
    public IReadOnlyDictionary<string, FieldError> ByField => _byField;

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _byField.Count > 0;

    /// <summary>Refuses the request if anything is wrong with it.</summary>
    /// <exception cref="ProblemException">VALIDATION_FAILED.</exception>
    public void ThrowIfAny()
    {
        if (Any) throw Problems.Invalid(this);
    }

    /// <summary>A field that has to be there.</summary>
    public void Missing(string field) => Add(field, "REQUIRED");

    /// <summary>A field whose value is not of its form.</summary>
    public void Invalid(string field) => Add(field, "INVALID");

    /// <summary>A field that has to hold text.</summary>
    public void Text(string field, string? value, int longest)
    {
        if (string.IsNullOrEmpty(value)) Missing(field);
        else OptionalText(field, value, longest);
    }

    /// <summary>A field that holds text, if anything.</summary>
    public void OptionalText(string field, string? value, int longest)
    {
        if (value is null) return;
        if (value.Length > longest) Add(field, "TOO_LONG", longest.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else if (value.Contains('\0', StringComparison.Ordinal)) Add(field, "CHARACTER");
    }

    /// <summary>A field that has to hold an e-mail address.</summary>
    public void Email(string field, string? value)
    {
        Text(field, value, LongestEmail);
        if (_byField.ContainsKey(field)) return;
        if (!MailAddress.TryCreate(value, out var address) || address.Address != value || !value.Contains('.', StringComparison.Ordinal) || !Addresses.IsEmail(value))
            Add(field, "EMAIL");
    }

    /// <summary>A field that has to hold one of some words.</summary>
    public void OneOf(string field, string? value, params ReadOnlySpan<string> words)
    {
        if (value is null) Missing(field);
        else if (!words.Contains(value)) Add(field, "ONE_OF", string.Join(", ", words));
    }

    /// <summary>A field that the application does not take: taking it in silence would promise that it acts.</summary>
    public void Absent(string field, string? value)
    {
        if (value is not null) Add(field, "NOT_TAKEN");
    }

    /// <summary>The first thing that is wrong with a field is told.</summary>
    public void Add(string field, string code, string? argument = null) => _byField.TryAdd(field, new FieldError(code, argument));
}
