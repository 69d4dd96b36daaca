using System.Globalization;
using System.Net.Mail;
using System.Text;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Messaging.Sending;

/// <summary>
/// A mail as bytes, for carriers that take it whole. System.Net.Mail writes MIME into an SMTP connection or into a file of a folder, and codes do not belong
/// into files. What it would write is here with the same headers; bodies are base64, and so seven bits and short lines whatever the template holds.
/// </summary>
public static class RawMail
{
    // RFC 2047 §2: 75 characters with "=?utf-8?B?" and "?=", so 60 of base64.
    private const int BytesOfWord = 45;

    /// <summary>RFC 5322 with a body of RFC 2046 §5.1.4.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="envelope">Its addresses; their domains and names may have any letters, what stands before the @ is ASCII.</param>
    /// <param name="now">Its date.</param>
    public static byte[] Build(ComposedMessage message, MailEnvelope envelope, DateTimeOffset now)
    {
        var mail = new StringBuilder();
        Header(mail, "From", Address(envelope.From));
        Header(mail, "To", Address(envelope.To));
        if (envelope.ReplyTo is { } replyTo) Header(mail, "Reply-To", Address(replyTo));
        Header(mail, "Subject", Words(HeaderText.OneLine(message.Subject)));
        // RFC 5322 §3.6.4, the same on every attempt; a carrier may replace it.
        Header(mail, "Message-ID", $"<{HeaderText.OneLine(message.Id)}@{Ascii(envelope.From.Host)}>");
        // RFC 3834 §5: nobody's out-of-office note should answer.
        Header(mail, "Auto-Submitted", "auto-generated");
        Header(mail, "Date", now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(mail, "MIME-Version", "1.0");
        if (message.Html is null)
        {
            Part(mail, message.Text, "text/plain");
            return Encoding.ASCII.GetBytes(mail.ToString());
        }

        // An underscore is in no base64, so no body holds the boundary.
        var boundary = $"=_{message.Id}";
        Header(mail, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        foreach (var (content, type) in ((string, string)[])[(message.Text, "text/plain"), (message.Html, "text/html")])
        {
            mail.Append("\r\n--").Append(boundary).Append("\r\n");
            Part(mail, content, type);
        }

        mail.Append("\r\n--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    /// <summary>A domain as the network knows it (RFC 5890).</summary>
    /// <exception cref="ArgumentException">It is no domain.</exception>
    public static string Ascii(string host) => host.All(char.IsAscii) ? host : new IdnMapping().GetAscii(host);

    private static void Header(StringBuilder mail, string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");

    private static void Part(StringBuilder mail, string content, string type)
    {
        Header(mail, "Content-Type", type + "; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "base64");
        mail.Append("\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    private static string Address(MailAddress address)
    {
        var bare = $"{address.User}@{Ascii(address.Host)}";
        // RFC 2047 §5 (3): encoded words stand for a phrase, and then there is nothing to quote.
        return address.DisplayName.Length is 0 ? bare : $"{EncodedWords(address.DisplayName)} <{bare}>";
    }

    private static string Words(string text) => text.Length < BytesOfWord && text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) ? text : EncodedWords(text);

    private static string EncodedWords(string text)
    {
        List<string> words = [];
        var word = new List<byte>(BytesOfWord);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            // RFC 2047 §5: a character is whole within its word.
            if (word.Count + length > BytesOfWord) Flush();
            word.AddRange(bytes[..length]);
        }

        if (word.Count > 0) Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }
}
