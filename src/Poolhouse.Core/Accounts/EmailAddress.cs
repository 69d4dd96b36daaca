namespace Poolhouse.Core.Accounts;

/// <summary>Addresses of e-mail as they are compared where one proves another.</summary>
public static class EmailAddress
{
    /// <summary>
    /// In lower case as far as ASCII goes, and otherwise as it is. Folding more would make letters equal that mail systems keep apart (U+212A, the Kelvin
    /// sign, folds to k), so that the mail to one address would prove another.
    /// </summary>
    public static string Normalize(string address) => string.Create(address.Length, address, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    });
}
