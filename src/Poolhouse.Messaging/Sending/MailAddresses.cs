using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Messaging.Sending;

/// <summary>Addresses on their way into headers and SMTP commands.</summary>
internal static class MailAddresses
{
    /// <summary>
    /// Exactly one bare address. <see cref="MailAddress"/> alone would also take <c>"victim@a" &lt;attacker@b&gt;</c>, so the
    /// parsed address must be the whole text.
    /// </summary>
    public static bool TryParseRecipient(string text, [NotNullWhen(true)] out MailAddress? address) =>
        TryParse(text, out address) && address.Address == text;

    /// <summary>One address, with a display name or without.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        return HeaderText.IsOneLine(text) && MailAddress.TryCreate(text, out address);
    }
}
