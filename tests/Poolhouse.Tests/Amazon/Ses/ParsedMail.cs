using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Amazon.Ses;

/// <summary>A mail as a receiving program reads it: RFC 5322 headers unfolded, RFC 2047 words decoded, RFC 2046 parts apart.</summary>
internal sealed partial record ParsedMail(IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    /// <summary>All values of a header, decoded.</summary>
    public IReadOnlyList<string> Header(string name) => [.. Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => Decode(h.Value))];

    /// <summary>The parts of a multipart body, each with its content decoded.</summary>
    public IReadOnlyList<(string Type, string Text)> Parts()
    {
        var boundary = Boundary().Match(Header("Content-Type").Single()).Groups[1].Value;
        var pieces = ("\r\n" + Body).Split("\r\n--" + boundary);
        pieces[^1].ShouldBe("--\r\n");
        return [.. pieces[1..^1].Select(piece => Of(piece[2..])).Select(part => (part.Header("Content-Type").Single(), part.Content()))];
    }

    public string Content()
    {
        Header("Content-Transfer-Encoding").ShouldBe(["base64"]);
        return Encoding.UTF8.GetString(Convert.FromBase64String(Body));
    }

    public static ParsedMail Of(string text)
    {
        foreach (var line in text.Split("\r\n"))
        {
            line.Length.ShouldBeLessThanOrEqualTo(200);
            line.ShouldNotContain('\n');
            line.ShouldNotContain('\r');
        }

        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = text[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
            .Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        return new ParsedMail([.. headers], text[(end + 4)..]);
    }

    // RFC 2047 §6.2: what separates two words is no part of the text.
    private static string Decode(string value) => Word().Replace(Between().Replace(value, "?==?"), match =>
    {
        match.Length.ShouldBeLessThanOrEqualTo(75);
        return Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[1].Value));
    });

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\?= =\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex Word();
}
