using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Telemetry;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Telemetry;

/// <summary>
/// Metrics, traces and logs over OTLP, where the option <c>Otlp</c> or a standard variable names a collector (OpenTelemetry specification, "OTLP Exporter
/// Configuration"). Elsewhere nothing is registered and nothing listens.
/// </summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Signals = ["", "METRICS_", "TRACES_", "LOGS_"];

    private static readonly string[] Meters =
        [Tracing.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    // Npgsql names its pool by the connection string, with host and user.
    private static readonly string[] DriverTags = ["db.client.connection.state", "error.type"];

    /// <summary>Whether a collector is configured.</summary>
    public static bool IsOn(ServerOptions options, ConfigurationManager configuration) =>
        options.Otlp is not null || Signals.Any(signal => IsNamed(configuration, signal));

    /// <summary>Adds what exports, if a collector is configured.</summary>
    public static void AddTelemetryExport(this WebApplicationBuilder builder, ServerOptions options, IRandom random)
    {
        var configuration = builder.Configuration;
        if (!IsOn(options, configuration)) return;
        // The framework would put paths into spans, and those of links have tokens in them; RequestTelemetry says what is said.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        var instance = random.UuidText();
        var version = typeof(TelemetryExport).Assembly.GetName().Version!.ToString(3);
        // What the operator says by OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES comes last and counts.
        ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
            .AddService("poolhouse", serviceVersion: version, serviceInstanceId: instance).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (IsFor(options, configuration, "LOGS_"))
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.SetResourceBuilder(Resource());
                // Scopes have the path of the request in them.
                logs.IncludeScopes = false;
                logs.IncludeFormattedMessage = true;
                logs.AddProcessor(new ScrubbedLogs());
                logs.AddOtlpExporter(exporter => Point(exporter, options, "v1/logs"));
            });
        }

        builder.Services.AddSingleton(_ => new TelemetryProviders(
            IsFor(options, configuration, "METRICS_") ? Metrics(configuration, options, Resource()) : null,
            IsFor(options, configuration, "TRACES_") ? Traces(configuration, options, Resource()) : null));
    }

    private static MeterProvider Metrics(ConfigurationManager configuration, ServerOptions options, ResourceBuilder resource) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton<IConfiguration>(configuration))
        .SetResourceBuilder(resource)
        .AddMeter(Meters)
        .AddView(instrument => instrument.Meter.Name == "Npgsql" ? new MetricStreamConfiguration { TagKeys = DriverTags } : null)
        .AddOtlpExporter(exporter => Point(exporter, options, "v1/metrics"))
        .Build();

    private static TracerProvider Traces(ConfigurationManager configuration, ServerOptions options, ResourceBuilder resource) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton<IConfiguration>(configuration))
        .SetResourceBuilder(resource)
        .AddSource(Tracing.Name, "Microsoft.AspNetCore")
        .AddOtlpExporter(exporter => Point(exporter, options, "v1/traces"))
        .Build();

    // Without the option the variables say all, protocol and headers too.
    private static void Point(OtlpExporterOptions exporter, ServerOptions options, string path)
    {
        if (options.Otlp is not { } collector) return;
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{collector.TrimEnd('/')}/{path}");
    }

    // OTEL_TRACES_EXPORTER=none and its relatives turn a signal off; the SDK leaves them to its host.
    private static bool IsFor(ServerOptions options, ConfigurationManager configuration, string signal) =>
        !string.Equals(configuration[$"OTEL_{signal}EXPORTER"], "none", StringComparison.OrdinalIgnoreCase)
        && (options.Otlp is not null || IsNamed(configuration, "") || IsNamed(configuration, signal));

    private static bool IsNamed(ConfigurationManager configuration, string signal) =>
        !string.IsNullOrWhiteSpace(configuration[Endpoint.Replace("ENDPOINT", signal + "ENDPOINT", StringComparison.Ordinal)]);
}

/// <summary>What exports as long as the server lives; what is left is sent when it ends.</summary>
internal sealed class TelemetryProviders(MeterProvider? metrics, TracerProvider? traces) : IDisposable
{
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
