using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>What is called elsewhere: functions, destinations of logs, the collector. Somebody must listen there; nothing is called.</summary>
internal sealed class AddressesExamination(IOptions<ServerOptions> options, IConfiguration configuration) : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Part => "addresses";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct) => await Task.WhenAll(All().Select(one => ExamineAsync(one.Part, one.What, one.Target, ct)));

    private IEnumerable<(string Part, string What, string Target)> All()
    {
        if (options.Value.LambdaEndpoint is { } lambda) yield return ("functions", "LambdaEndpoint", lambda);
        foreach (var (name, function) in options.Value.Functions)
            if (function.Url is { } url) yield return ("functions", $"Functions:{name}", url);
        foreach (var entry in options.Value.LogDestinations)
        {
            var target = entry[(entry.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
            yield return ("logs", "the log destination " + entry.Split(' ')[0], target.StartsWith("otlp+", StringComparison.Ordinal) ? target["otlp+".Length..] : target);
        }

        if ((options.Value.Otlp ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) is { Length: > 0 } collector) yield return ("telemetry", "the collector", collector);
    }

    private static async Task<Finding> ExamineAsync(string part, string what, string target, CancellationToken ct)
    {
        if (target.StartsWith("file:", StringComparison.Ordinal)) return File(part, what, target["file:".Length..]);
        if (!Uri.TryCreate(target, UriKind.Absolute, out var uri)) return Finding.Out(part, $"{Capital(what)} is no address.", "Correct it.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(uri.DnsSafeHost, uri.Port, patience.Token);
            return Finding.Good(part, $"Somebody listens where {what} is.");
        }
        catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Finding.Out(part, $"Nobody answers where {what} is ({uri.DnsSafeHost}:{uri.Port}).", "Look whether it runs, at the address, and whether a firewall is in between.");
        }
    }

    private static Finding File(string part, string what, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return FolderRights.CanWrite(folder)
            ? Finding.Good(part, $"The folder of {what} can be written.")
            : Finding.Out(part, $"The folder of {what} can't be written.", $"Make {folder}, and give this user the right to write there.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
