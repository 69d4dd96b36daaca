using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Poolhouse.Amazon.Ses;

/// <summary>Amazon's mail service, from <c>ses://eu-west-1?from=Name%20%3Cno-reply@example.com%3E&amp;configurationSet=mail&amp;timeout=10</c>.</summary>
public sealed partial class SesOptions
{
    private SesOptions() { }

    /// <summary>For the endpoint and the signature.</summary>
    public required string Region { get; init; }

    /// <summary>The sender where a pool names none. It, or its domain, is a verified identity of the account in that region.</summary>
    public required MailAddress From { get; init; }

    /// <summary>What SES files the sending under: event destinations, dedicated addresses, suppression. 1–64 letters, digits, hyphens and underscores; null for the identity's own.</summary>
    public string? ConfigurationSet { get; init; }

    /// <summary>The service's own address; by default Amazon's of the region. Another one is a VPC endpoint.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Of one request as a whole. Whole seconds; 1–20, so that it fits into a relay's lease; default 10.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Without a sender, which may be a person's.</summary>
    public override string ToString() => $"ses://{Region}";

    /// <summary>Reads a connection string; the error is a sentence for an operator.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SesOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not "ses" || !RegionName().IsMatch(uri.Host) || uri.UserInfo.Length > 0 || uri.Port > 0)
            return Fail("Ses must look like ses://eu-west-1?from=no-reply@example.com. Keys are not part of it; see docs/mail.md.", out error);
        if (uri.AbsolutePath is not ("" or "/") || uri.Fragment.Length > 0) return Fail("Ses must have nothing between the region and the question mark.", out error);

        MailAddress? from = null;
        string? configurationSet = null;
        // API reference, Amazon SES endpoints and quotas: the API's host is not the SMTP interface's.
        var endpoint = new Uri($"https://email.{uri.Host}.{(uri.Host.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com")}");
        var timeout = 10;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length is 2 ? Uri.UnescapeDataString(parts[1]) : "";
            switch (parts[0])
            {
                case "from":
                    if (value.Any(char.IsControl) || !MailAddress.TryCreate(value, out from)) return Fail("Ses: from must be one mail address.", out error);
                    break;
                case "configurationSet":
                    if (!SetName().IsMatch(value)) return Fail("Ses: configurationSet must be 1 to 64 letters, digits, hyphens and underscores.", out error);
                    configurationSet = value;
                    break;
                case "endpoint":
                    if (!Uri.TryCreate(value, UriKind.Absolute, out var other) || other.Scheme is not ("http" or "https") || other.PathAndQuery != "/" || other.UserInfo.Length > 0)
                        return Fail("Ses: endpoint must look like https://host.", out error);
                    endpoint = other;
                    break;
                case "timeout":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out timeout) || timeout is < 1 or > 20) return Fail("Ses: timeout must be 1 to 20 seconds.", out error);
                    break;
                default:
                    return Fail("Ses knows the settings from, configurationSet, endpoint and timeout only.", out error);
            }
        }

        // There is no default: SES sends for identities that the account has verified, and no other.
        if (from is null) return Fail("Ses: from is missing; it must be an address that SES has verified, or of a domain that it has.", out error);
        options = new SesOptions { Region = uri.Host, From = from, ConfigurationSet = configurationSet, Endpoint = endpoint, Timeout = TimeSpan.FromSeconds(timeout) };
        error = null;
        return true;
    }

    private static bool Fail(string sentence, out string error)
    {
        error = sentence;
        return false;
    }

    [GeneratedRegex("^[a-z]{2}(?:-[a-z]+)+-[0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex RegionName();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex SetName();
}
