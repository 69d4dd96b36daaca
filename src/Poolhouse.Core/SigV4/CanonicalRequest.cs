using System.Text;

namespace Poolhouse.Core.SigV4;

/// <summary>
/// The one text that client and server both make of a request. "Create a signed AWS API request", step 1.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class CanonicalRequest
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /// <summary>Null when a signed header is not in the request.</summary>
    public static string? Build(SignedRequest request, IReadOnlyList<string> signedHeaders)
    {
        var text = new StringBuilder();
        text.Append(request.Method.ToUpperInvariant()).Append('\n')
            .Append(Path(request.Path)).Append('\n')
            .Append(Query(request.QueryString)).Append('\n');
        foreach (var name in signedHeaders)
        {
            if (request.Header(name) is not { } value) return null;
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(request.BodySha256).ToString();
    }

    /// <summary>Dot segments and doubled slashes removed (RFC 3986 §5.2.4), then encoded once more: all services but S3 do.</summary>
    private static string Path(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..") kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
            else if (segment != ".") kept.Add(Encode(Encoding.UTF8.GetBytes(segment)));
        }

        return kept.Count == 0 ? "/" : "/" + string.Join('/', kept) + (path.EndsWith('/') ? "/" : "");
    }

    /// <summary>Each name and value decoded and encoded again in the one right way, sorted by code point.</summary>
    private static string Query(string query)
    {
        if (query.Length == 0) return "";
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? (Name: Again(pair), Value: "") : (Name: Again(pair[..equals]), Value: Again(pair[(equals + 1)..]));
        });
        return string.Join('&', pairs
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Again(string text)
    {
        // Bytes, not characters: what is encoded need not be UTF-8, and a lone percent sign stands for itself.
        var bytes = Encoding.UTF8.GetBytes(text);
        var decoded = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                decoded.Add((byte)((Nibble(bytes[i + 1]) << 4) | Nibble(bytes[i + 2])));
                i += 2;
            }
            else
            {
                decoded.Add(bytes[i]);
            }
        }

        return Encode([.. decoded]);
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static string Encode(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (Unreserved.Contains((char)value, StringComparison.Ordinal)) text.Append((char)value);
            else text.Append('%').Append(Convert.ToHexString([value]));
        }

        return text.ToString();
    }
}
