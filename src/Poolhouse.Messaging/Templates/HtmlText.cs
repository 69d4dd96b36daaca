using System.Net;
using System.Text;

namespace Poolhouse.Messaging.Templates;

/// <summary>The plain-text alternative of a pool's own HTML.</summary>
internal static class HtmlText
{
    private static readonly string[] Hidden = ["head", "script", "style", "title"];
    private static readonly string[] Blocks = ["address", "blockquote", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "section", "table", "tr", "ul"];

    /// <summary>Readable, not exact: tags go, blocks and <c>br</c> end lines, links keep their address. Linear in the input's length.</summary>
    public static string From(string html)
    {
        var text = new StringBuilder(html.Length);
        string? href = null;
        for (var i = 0; i < html.Length;)
        {
            if (html[i] is not '<' || i + 1 == html.Length || !IsTagStart(html[i + 1]))
            {
                var next = html.IndexOf('<', i + 1);
                if (next < 0) next = html.Length;
                AppendCollapsed(text, WebUtility.HtmlDecode(html[i..next]));
                i = next;
                continue;
            }
            if (html.AsSpan(i).StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = html.IndexOf("-->", i, StringComparison.Ordinal);
                i = end < 0 ? html.Length : end + 3;
                continue;
            }
            var close = html.IndexOf('>', i);
            if (close < 0) break;
            var tag = html[(i + 1)..close];
            i = close + 1;
            var name = Name(tag);
            if (Array.IndexOf(Hidden, name) >= 0)
            {
                var end = html.IndexOf("</" + name, i, StringComparison.OrdinalIgnoreCase);
                i = end < 0 ? html.Length : end;
            }
            else if (name is "br") EndLine(text, 1, always: true);
            else if (name is "a") href = Href(tag);
            else if (name is "/a" && href is not null)
            {
                if (!EndsWith(text, href)) text.Append(" (").Append(href).Append(')');
                href = null;
            }
            else if (Array.IndexOf(Blocks, name.TrimStart('/')) >= 0)
            {
                EndLine(text, name.TrimStart('/') is "li" or "tr" or "div" ? 1 : 2, always: false);
                if (name is "li") text.Append("- ");
            }
            else if (name is "/td" or "/th") AppendCollapsed(text, " ");
        }
        return text.ToString().Trim();
    }

    private static bool IsTagStart(char c) => char.IsAsciiLetter(c) || c is '/' or '!' or '?';

    private static string Name(string tag)
    {
        var end = 0;
        while (end < tag.Length && (char.IsAsciiLetterOrDigit(tag[end]) || (end is 0 && tag[end] is '/'))) end++;
        return tag[..end].ToLowerInvariant();
    }

    private static string? Href(string tag)
    {
        var at = tag.IndexOf("href=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at + 5 >= tag.Length) return null;
        var value = tag[(at + 5)..];
        var quoted = value[0] is '"' or '\'';
        var end = quoted ? value.IndexOf(value[0], 1) : value.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0) end = value.Length;
        var address = WebUtility.HtmlDecode(value[(quoted ? 1 : 0)..end]).Trim();
        return address.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    private static void AppendCollapsed(StringBuilder text, string piece)
    {
        foreach (var c in piece)
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static void EndLine(StringBuilder text, int breaks, bool always)
    {
        while (text.Length > 0 && text[^1] is ' ') text.Length--;
        if (text.Length is 0) return;
        var present = 0;
        while (present < text.Length && text[text.Length - 1 - present] is '\n') present++;
        if (always && present < 2) text.Append('\n');
        else if (present < breaks) text.Append('\n', breaks - present);
    }

    private static bool EndsWith(StringBuilder text, string end)
    {
        if (text.Length < end.Length) return false;
        return string.Equals(text.ToString(text.Length - end.Length, end.Length), end, StringComparison.Ordinal);
    }
}
