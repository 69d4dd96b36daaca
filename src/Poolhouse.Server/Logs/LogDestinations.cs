using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Logs;

/// <summary>What the ARNs of log destinations are here: <c>ARN TARGET</c>, one each.</summary>
internal sealed class LogDestinations(IOptions<ServerOptions> options, IHttpClientFactory clients)
{
    private readonly Dictionary<string, ILogSink> _sinks = options.Value.LogDestinations
        .Select(Parse)
        .ToDictionary(d => d.Arn, d => Make(d.Kind, d.Target, clients), StringComparer.Ordinal);

    /// <summary>The sink of an ARN, or null for one that the configuration doesn't have.</summary>
    public ILogSink? Find(string arn) => _sinks.GetValueOrDefault(arn);

    /// <summary>Why an entry of the option can't be used, or null.</summary>
    public static string? Problem(string entry)
    {
        var (arn, kind, target) = Parse(entry);
        return kind switch
        {
            _ when !arn.StartsWith("arn:", StringComparison.Ordinal) => $"LogDestinations: '{entry}' must be an ARN, a space, and file:PATH, http(s)://… or otlp+http(s)://….",
            "file" when target.Length == 0 => $"LogDestinations: '{entry}' names no file.",
            "file" => null,
            "http" or "otlp" when Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => uri.UserInfo.Length == 0
                ? null
                : "LogDestinations: an address can't carry a password; put a collector of your own in between.",
            _ => $"LogDestinations: '{entry}' must end in file:PATH, http(s)://… or otlp+http(s)://….",
        };
    }

    private static (string Arn, string Kind, string Target) Parse(string entry)
    {
        var space = entry.IndexOf(' ', StringComparison.Ordinal);
        var (arn, target) = space < 0 ? (entry, "") : (entry[..space], entry[(space + 1)..].Trim());
        if (target.StartsWith("file:", StringComparison.Ordinal)) return (arn, "file", target["file:".Length..]);
        return target.StartsWith("otlp+", StringComparison.Ordinal) ? (arn, "otlp", target["otlp+".Length..]) : (arn, "http", target);
    }

    private static ILogSink Make(string kind, string target, IHttpClientFactory clients) => kind switch
    {
        "file" => new FileLogSink(target),
        "otlp" => new OtlpLogSink(clients, new Uri(target)),
        _ => new HttpLogSink(clients, new Uri(target)),
    };
}

/// <summary>Takes lines; throws what I/O throws when it can't.</summary>
internal interface ILogSink
{
    /// <summary>The client that sinks send with.</summary>
    const string ClientName = "logs";

    /// <summary>Delivers the lines, all or, as far as can be known, none.</summary>
    Task SendAsync(IReadOnlyList<string> lines, CancellationToken ct);
}
