using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Telemetry;
using Poolhouse.Server.Telemetry;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Docs;

/// <summary>The table of instruments in docs/telemetry.md is made from the instruments; the rest of the page is written by hand and kept.</summary>
public sealed class TelemetryDocTests
{
    private const string Begin = "<!-- instruments -->\n";
    private const string End = "<!-- end of instruments -->\n";

    [Fact]
    public async Task The_table_of_instruments_says_what_the_code_says()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--rabbit-mq", "amqp://127.0.0.1:1");
        // These are made when they are first needed.
        foreach (var late in new[] { typeof(HashQueue), typeof(LimitMetrics), typeof(SignInMetrics) }) world.Services.GetRequiredService(late);
        var meters = world.Services.GetRequiredService<IMeterFactory>();
        var found = new SortedDictionary<string, Instrument>(StringComparer.Ordinal);
        using (var listener = new MeterListener())
        {
            // Of this server only: others of the same process have meters of the same name.
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Tracing.Name && ReferenceEquals(instrument.Meter.Scope, meters)) found[instrument.Name] = instrument;
            };
            listener.Start();
        }

        var table = new StringBuilder("| instrument | kind | unit | what it says |\n|---|---|---|---|\n");
        foreach (var (name, instrument) in found) table.Append($"| `{name}` | {Kind(instrument)} | {instrument.Unit?.Trim('{', '}') ?? "1"} | {instrument.Description} |\n");

        found.Count.ShouldBeGreaterThan(15);
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "telemetry.md"), TestContext.Current.CancellationToken);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        Repository.ShouldHold("docs/telemetry.md", page[..from] + table + page[to..]);
    }

    private static string Kind(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name switch
        {
            _ when name.StartsWith("ObservableUpDownCounter", StringComparison.Ordinal) => "sum",
            _ when name.StartsWith("ObservableGauge", StringComparison.Ordinal) => "gauge",
            _ when name.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
            _ => "counter",
        };
    }
}
