using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Messaging.Sending;

/// <summary>A mail server, from <c>smtp://user:password@host:587?tls=true&amp;from=Name%20%3Cno-reply@example.com%3E&amp;timeout=10</c>.</summary>
public sealed class SmtpOptions
{
    private SmtpOptions() { }

    /// <summary>Name or address of the mail server.</summary>
    public required string Host { get; init; }

    /// <summary>1–65,535; default 587 (RFC 6409 §3.1).</summary>
    public required int Port { get; init; }

    /// <summary>Percent-decoded; null means no sign-in.</summary>
    public string? User { get; init; }

    /// <summary>Percent-decoded; null means no sign-in.</summary>
    public Secret? Password { get; init; }

    /// <summary>STARTTLS, without which nothing is sent. Default true, false for a loopback host.</summary>
    public required bool UseTls { get; init; }

    /// <summary>The sender where a pool names none; default <c>no-reply@host</c>.</summary>
    public required MailAddress From { get; init; }

    /// <summary>From connect to the end of the data, and again for the last reply. Whole seconds; 1–12, so that both fit into a relay's lease; default 10.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Without password.</summary>
    public override string ToString() => $"smtp://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Reads a connection string; the error is a sentence for an operator and never repeats the password.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SmtpOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length is 0)
            return Fail("Smtp must look like smtp://user:password@host:587?tls=true&from=no-reply@example.com.", out error);
        // System.Net.Mail speaks STARTTLS only, not TLS from the first byte (RFC 8314 §3.3, port 465).
        if (uri.Scheme is not "smtp") return Fail("Smtp must start with smtp://. For TLS use STARTTLS: smtp://host:587?tls=true.", out error);
        if (uri.AbsolutePath is not ("" or "/") || uri.Fragment.Length > 0)
            return Fail("Smtp must have nothing between the host and the question mark.", out error);

        var tls = !uri.IsLoopback;
        var from = new MailAddress("no-reply@" + (uri.HostNameType is UriHostNameType.Dns ? uri.IdnHost : "localhost"));
        var timeout = 10;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length is 2 ? Uri.UnescapeDataString(parts[1]) : "";
            switch (parts[0])
            {
                case "tls":
                    if (!bool.TryParse(value, out tls)) return Fail("Smtp: tls must be true or false.", out error);
                    break;
                case "from":
                    if (!MailAddresses.TryParse(value, out var address)) return Fail("Smtp: from must be one mail address.", out error);
                    from = address;
                    break;
                case "timeout":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out timeout) || timeout is < 1 or > 12)
                        return Fail("Smtp: timeout must be 1 to 12 seconds.", out error);
                    break;
                default:
                    return Fail("Smtp knows the settings tls, from and timeout only.", out error);
            }
        }

        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (uri.UserInfo.Length > 0 && colon < 1) return Fail("Smtp must name both user and password, or neither.", out error);
        options = new SmtpOptions
        {
            Host = uri.HostNameType is UriHostNameType.IPv6 ? IPAddress.Parse(uri.Host).ToString() : uri.IdnHost,
            Port = uri.Port > 0 ? uri.Port : 587,
            User = colon > 0 ? Uri.UnescapeDataString(uri.UserInfo[..colon]) : null,
            Password = colon > 0 ? new Secret(Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..])) : null,
            UseTls = tls,
            From = from,
            Timeout = TimeSpan.FromSeconds(timeout),
        };
        error = null;
        return true;
    }

    private static bool Fail(string sentence, out string error)
    {
        error = sentence;
        return false;
    }
}
