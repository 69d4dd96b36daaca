using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Messaging.Queue;

/// <summary>
/// A RabbitMQ broker, from <c>amqps://user:password@host-a:5671,host-b:5671/vhost?cacertfile=/etc/ca.pem&amp;prefetch=8&amp;patience=5&amp;heartbeat=5&amp;queue=name</c>:
/// RabbitMQ's URI (https://www.rabbitmq.com/docs/uri-spec, https://www.rabbitmq.com/docs/uri-query-parameters) with several hosts and three settings of our own.
/// </summary>
public sealed class RabbitMqOptions
{
    private const string Example = "RabbitMq must look like amqps://user:password@host-a:5671,host-b:5671/vhost.";
    private const int LongestName = 200;

    private RabbitMqOptions() { }

    /// <summary>Nodes of one cluster, of which any will do; at least one. Ports 1–65,535, by default 5672, with TLS 5671.</summary>
    public required IReadOnlyList<(string Host, int Port)> Hosts { get; init; }

    /// <summary>Percent-decoded; default <c>guest</c>, which a broker lets in from its own machine only.</summary>
    public required string User { get; init; }

    /// <summary>Percent-decoded; default <c>guest</c>.</summary>
    public required Secret Password { get; init; }

    /// <summary>Percent-decoded; default <c>/</c>.</summary>
    public required string VirtualHost { get; init; }

    /// <summary>Whether it is <c>amqps</c>: the broker has to prove its name.</summary>
    public required bool UseTls { get; init; }

    /// <summary>Whom to believe besides the system's authorities; empty for those only. Setting <c>cacertfile</c>, a PEM file.</summary>
    public required X509Certificate2Collection Authorities { get; init; }

    /// <summary>How many messages a process delivers at once; 1–64, default 8.</summary>
    public required ushort Prefetch { get; init; }

    /// <summary>How long the broker may be away before nodes that consume deliver mail themselves. Whole seconds; 0–3,600, default 5.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Silence after which a connection counts as broken is about twice this. Whole seconds; 1–60, default 5.</summary>
    public required TimeSpan Heartbeat { get; init; }

    /// <summary>The durable queue; 1–200 of letters, digits, dot, hyphen and underscore. Default <c>poolhouse.outbox</c>. Its dead letters are in <see cref="DeadQueue"/>.</summary>
    public required string Queue { get; init; }

    /// <summary>The exchange and the queue of dead letters.</summary>
    public string DeadQueue => Queue + ".dead";

    /// <summary>Without user and password.</summary>
    public override string ToString() =>
        $"{(UseTls ? "amqps" : "amqp")}://{string.Join(',', Hosts.Select(host => string.Create(CultureInfo.InvariantCulture, $"{host.Host}:{host.Port}")))}";

    /// <summary>Reads a connection string; the error is a sentence for an operator and never repeats the password.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RabbitMqOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("amqp" or "amqps")) return Fail("RabbitMq must start with amqp:// or, for TLS, amqps://.", out error);
        var useTls = text[..scheme] is "amqps";
        var rest = text[(scheme + 3)..];
        if (rest.Contains('#', StringComparison.Ordinal)) return Fail("RabbitMq must have no #; within a password it is %23.", out error);

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var settings = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : rest[(slash + 1)..];
        if (slash >= 0) rest = rest[..slash];
        // A virtual host's own slashes are %2F.
        if (path.Contains('/', StringComparison.Ordinal)) return Fail("RabbitMq may have one / after the hosts; within a name or a password it is %2F.", out error);
        var at = rest.LastIndexOf('@');
        var colon = at < 0 ? -1 : rest[..at].IndexOf(':', StringComparison.Ordinal);
        if (at >= 0 && colon < 1) return Fail("RabbitMq must name both user and password, or neither.", out error);
        if (at >= 0 && rest[..at].Contains('@', StringComparison.Ordinal)) return Fail("RabbitMq: an @ within a password is %40.", out error);
        if (!TryParseHosts(rest[(at + 1)..], useTls ? 5671 : 5672, out var hosts)) return Fail(Example, out error);
        if (!TryParseSettings(settings, useTls, out var read, out error)) return false;

        options = new RabbitMqOptions
        {
            Hosts = hosts,
            User = at < 0 ? "guest" : Uri.UnescapeDataString(rest[..colon]),
            Password = new Secret(at < 0 ? "guest" : Uri.UnescapeDataString(rest[(colon + 1)..at])),
            VirtualHost = path.Length == 0 ? "/" : Uri.UnescapeDataString(path),
            UseTls = useTls,
            Authorities = read.Authorities,
            Prefetch = (ushort)read.Prefetch,
            Patience = TimeSpan.FromSeconds(read.Patience),
            Heartbeat = TimeSpan.FromSeconds(read.Heartbeat),
            Queue = read.Queue,
        };
        return true;
    }

    private static bool TryParseHosts(string text, int usualPort, out List<(string Host, int Port)> hosts)
    {
        hosts = [];
        foreach (var part in text.Split(','))
        {
            // The base library knows what a host may be, IPv6 in brackets among it.
            if (part.Length == 0 || !Uri.TryCreate($"amqp://{part}/", UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.PathAndQuery != "/") return false;
            if (part.EndsWith(':') || uri.Port == 0) return false;
            hosts.Add((uri.HostNameType is UriHostNameType.IPv6 ? uri.Host.Trim('[', ']') : uri.IdnHost, uri.Port > 0 ? uri.Port : usualPort));
        }

        return true;
    }

    private static bool TryParseSettings(string text, bool useTls, out Settings settings, [NotNullWhen(false)] out string? error)
    {
        settings = new Settings();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length is 2 ? Uri.UnescapeDataString(parts[1]) : "";
            switch (parts[0])
            {
                case "cacertfile":
                    if (!useTls) return Fail("RabbitMq: cacertfile is for amqps:// only.", out error);
                    if (!TryReadAuthorities(value, settings.Authorities)) return Fail("RabbitMq: cacertfile must name a PEM file with certificates.", out error);
                    break;
                case "heartbeat":
                    if (!TryParse(value, 1, 60, out settings.Heartbeat)) return Fail("RabbitMq: heartbeat must be 1 to 60 seconds.", out error);
                    break;
                case "patience":
                    if (!TryParse(value, 0, 3_600, out settings.Patience)) return Fail("RabbitMq: patience must be 0 to 3,600 seconds.", out error);
                    break;
                case "prefetch":
                    if (!TryParse(value, 1, 64, out settings.Prefetch)) return Fail("RabbitMq: prefetch must be 1 to 64.", out error);
                    break;
                case "queue":
                    if (value.Length is 0 or > LongestName || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
                        return Fail("RabbitMq: queue must be 1 to 200 letters, digits, dots, hyphens or underscores.", out error);
                    settings.Queue = value;
                    break;
                default:
                    return Fail("RabbitMq knows the settings cacertfile, heartbeat, patience, prefetch and queue only.", out error);
            }
        }

        error = null;
        return true;
    }

    private static bool TryParse(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    private static bool TryReadAuthorities(string path, X509Certificate2Collection authorities)
    {
        try
        {
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool Fail(string sentence, out string error)
    {
        error = sentence;
        return false;
    }

    private sealed class Settings
    {
        public readonly X509Certificate2Collection Authorities = [];
        public int Prefetch = 8;
        public int Patience = 5;
        public int Heartbeat = 5;
        public string Queue = "poolhouse.outbox";
    }
}
