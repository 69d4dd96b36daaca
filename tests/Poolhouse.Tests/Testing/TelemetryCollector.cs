using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// Stands in for an OpenTelemetry collector: takes OTLP over HTTP with Protocol Buffers and keeps it. Field numbers are those of opentelemetry-proto 1.x.
/// </summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly ConcurrentQueue<byte[]> received = new();
    private readonly ConcurrentDictionary<(string Instance, string Series), Point> points = new();
    private readonly ConcurrentQueue<Span> spans = new();
    private readonly ConcurrentQueue<Line> lines = new();

    private TelemetryCollector(WebApplication app, string url)
    {
        this.app = app;
        Url = url;
    }

    /// <summary>For the option <c>Otlp</c>.</summary>
    public string Url { get; }

    /// <summary>The newest value of every time series.</summary>
    public IReadOnlyCollection<Point> Points => [.. points.Values];

    /// <summary>Every span.</summary>
    public IReadOnlyCollection<Span> Spans => [.. spans];

    /// <summary>Every log record.</summary>
    public IReadOnlyCollection<Line> Lines => [.. lines];

    /// <summary>All that came, as text: what is nowhere in it was not sent.</summary>
    public string Everything => string.Concat(received.Select(Encoding.Latin1.GetString));

    /// <summary>Listens at a free port.</summary>
    public static async Task<TelemetryCollector> StartAsync()
    {
        var url = $"http://127.0.0.1:{Ports.Free()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add(url);
        var collector = new TelemetryCollector(server, url);
        server.MapPost("/v1/metrics", (HttpContext http) => collector.TakeAsync(http, collector.TakeMetrics));
        server.MapPost("/v1/traces", (HttpContext http) => collector.TakeAsync(http, collector.TakeSpans));
        server.MapPost("/v1/logs", (HttpContext http) => collector.TakeAsync(http, collector.TakeLogs));
        await server.StartAsync();
        return collector;
    }

    /// <summary>The newest value of a series of any node, or null.</summary>
    /// <param name="name">The instrument.</param>
    /// <param name="tags">Attributes that it must have, among others perhaps.</param>
    public Point? Find(string name, params (string Key, string Value)[] tags) =>
        Points.FirstOrDefault(point => point.Name == name && tags.All(tag => point.Attributes.GetValueOrDefault(tag.Key) == tag.Value));

    /// <summary>Waits until something is true of what came.</summary>
    public async Task UntilAsync(Func<TelemetryCollector, bool> condition, string what)
    {
        for (var waited = TimeSpan.Zero; !condition(this); waited += TimeSpan.FromMilliseconds(50))
        {
            if (waited > Patience) throw new TimeoutException($"{what}\n{Describe()}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private string Describe() => string.Join('\n', [.. Points.Where(p => p.Name.StartsWith("poolhouse", StringComparison.Ordinal)).Select(p => p.ToString()), .. Spans.Select(s => s.ToString())]);

    private async Task TakeAsync(HttpContext http, Action<ProtobufMessage> take)
    {
        if (http.Request.ContentType != "application/x-protobuf")
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        received.Enqueue(body.ToArray());
        take(new ProtobufMessage(body.ToArray()));
        // ExportXServiceResponse without anything in it.
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeMetrics(ProtobufMessage request)
    {
        foreach (var (resource, scope) in Scopes(request))
            foreach (var metric in scope.Messages(2))
            {
                // gauge 5, sum 7, histogram 9.
                var isHistogram = metric.Has(9);
                var data = metric.Message(isHistogram ? 9 : metric.Has(7) ? 7 : 5);
                foreach (var point in data.Messages(1))
                {
                    var attributes = Attributes(point, isHistogram ? 9 : 7);
                    var value = isHistogram ? point.Double(5) : point.Has(4) ? point.Double(4) : point.Integer(6);
                    var kept = new Point(resource["service.instance.id"], scope.Message(1).Text(1), metric.Text(1), metric.Text(3), attributes, value, isHistogram ? point.Integer(4) : 0);
                    points[(kept.Instance, $"{kept.Name} {string.Join(',', attributes.OrderBy(a => a.Key, StringComparer.Ordinal))}")] = kept;
                }
            }
    }

    private void TakeSpans(ProtobufMessage request)
    {
        foreach (var (resource, scope) in Scopes(request))
            foreach (var span in scope.Messages(2))
                spans.Enqueue(new Span(
                    resource, scope.Message(1).Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Integer(6), Attributes(span, 9), span.Message(15).Integer(3)));
    }

    private void TakeLogs(ProtobufMessage request)
    {
        foreach (var (resource, scope) in Scopes(request))
            foreach (var line in scope.Messages(2))
                lines.Enqueue(new Line(resource, scope.Message(1).Text(1), line.Message(5).Text(1), line.Integer(2), Attributes(line, 6), line.Hex(9), line.Hex(10)));
    }

    // ResourceX { resource = 1 { attributes = 1 }, scope_x = 2 }, the same for all three.
    private static IEnumerable<(Dictionary<string, string> Resource, ProtobufMessage Scope)> Scopes(ProtobufMessage request) =>
        from one in request.Messages(1)
        from scope in one.Messages(2)
        select (Attributes(one.Message(1), 1), scope);

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in message.Messages(field)) result[attribute.Text(1)] = Value(attribute.Message(2));
        return result;
    }

    // AnyValue: string 1, bool 2, int 3, double 4.
    private static string Value(ProtobufMessage value) => value switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Integer(2) == 1 ? "true" : "false",
        _ when value.Has(3) => value.Integer(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ when value.Has(4) => value.Double(4).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>The newest value of a time series; of a histogram the sum and the count.</summary>
    internal sealed record Point(string Instance, string Scope, string Name, string Unit, Dictionary<string, string> Attributes, double Value, long Count)
    {
        public override string ToString() => $"{Name} {{{string.Join(", ", Attributes.Select(a => $"{a.Key}={a.Value}"))}}} {Value} ({Count})";
    }

    /// <summary>A span. Status 2 is an error; kind 2 a server's, 5 a consumer's.</summary>
    internal sealed record Span(
        Dictionary<string, string> Resource, string Scope, string Name, string TraceId, string SpanId, string ParentId, long Kind, Dictionary<string, string> Attributes, long Status)
    {
        public string Instance => Resource["service.instance.id"];

        public override string ToString() => $"{TraceId} {SpanId} < {ParentId} {Name} {{{string.Join(", ", Attributes.Select(a => $"{a.Key}={a.Value}"))}}}";
    }

    /// <summary>A log record.</summary>
    internal sealed record Line(
        Dictionary<string, string> Resource, string Scope, string Body, long Severity, Dictionary<string, string> Attributes, string TraceId, string SpanId);
}
