using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Poolhouse.Server.Wire;

/// <summary>How this protocol's bodies are written.</summary>
internal static class JsonWriting
{
    // A body of this media type is never part of a page, so only JSON's own characters are escaped, as AWS does.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}

/// <summary>Text made fit for a header.</summary>
internal static class HeaderText
{
    private const int MaximumLength = 1024;

    /// <summary>Visible ASCII only, since a message may quote what a client sent; cut to what proxies pass on.</summary>
    public static string Of(string message)
    {
        var text = new StringBuilder(Math.Min(message.Length, MaximumLength));
        foreach (var c in message)
        {
            if (text.Length == MaximumLength) break;
            text.Append(c is >= ' ' and <= '~' ? c : ' ');
        }

        return text.ToString().Trim();
    }
}
