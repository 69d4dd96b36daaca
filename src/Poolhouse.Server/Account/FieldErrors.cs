using System.Net.Mail;

namespace Poolhouse.Server.Account;

/// <summary>What is wrong with a field.</summary>
/// <param name="Code">Stable, upper snake case.</param>
/// <param name="Detail">What to do about it.</param>
internal sealed record FieldError(string Code, string Detail);

/// <summary>What is wrong with the fields of a body, all of it at once.</summary>
internal sealed class FieldErrors
{
    // RFC 5321 §4.5.3.1.3, less its angle brackets.
    private const int LongestEmail = 254;

    /// <summary>By field.</summary>
    public Dictionary<string, IReadOnlyList<FieldError>> ByField { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => ByField.Count > 0;

    /// <summary>A field that has to be there.</summary>
    public void Missing(string field) => Add(field, "REQUIRED", "This field is required.");

    /// <summary>A field that has to hold text.</summary>
    public void Text(string field, string? value, int longest)
    {
        if (string.IsNullOrEmpty(value)) Missing(field);
        else if (value.Length > longest) Add(field, "TOO_LONG", $"At most {longest} characters.");
        else if (value.Contains('\0', StringComparison.Ordinal)) Add(field, "INVALID", "This text has a character that can't be stored.");
    }

    /// <summary>A field that has to hold an e-mail address.</summary>
    public void Email(string field, string? value)
    {
        Text(field, value, LongestEmail);
        if (ByField.ContainsKey(field)) return;
        if (!MailAddress.TryCreate(value, out var address) || address.Address != value || !value.Contains('.', StringComparison.Ordinal))
            Add(field, "INVALID", "This is not an e-mail address.");
    }

    /// <summary>A field that has to hold one of some words.</summary>
    public void OneOf(string field, string? value, params ReadOnlySpan<string> words)
    {
        if (value is null) Missing(field);
        else if (!words.Contains(value)) Add(field, "INVALID", $"One of {string.Join(", ", words)}.");
    }

    /// <summary>A field of the contract that nothing here acts on: taking it in silence would promise that.</summary>
    public void Absent(string field, string? value)
    {
        if (value is not null) Add(field, "NOT_SUPPORTED", "This server does not support this field yet: leave it out.");
    }

    private void Add(string field, string code, string detail) => ByField.TryAdd(field, [new FieldError(code, detail)]);
}
