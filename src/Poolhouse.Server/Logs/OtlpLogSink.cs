using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Poolhouse.Server.Logs;

/// <summary>
/// OTLP over HTTP with JSON (OpenTelemetry Protocol 1.x, "OTLP/HTTP", <c>/v1/logs</c>): each line is the body of a record.
/// </summary>
internal sealed class OtlpLogSink(IHttpClientFactory clients, Uri address) : ILogSink
{
    // Logs data model, "SeverityNumber".
    private const int Info = 9;
    private const int Error = 17;

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken ct)
    {
        using var content = new ByteArrayContent(Write(lines));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var client = clients.CreateClient(ILogSink.ClientName);
        using var response = await client.PostAsync(address, content, ct);
        response.EnsureSuccessStatusCode();
    }

    private static byte[] Write(IReadOnlyList<string> lines)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceLogs"u8);
            json.WriteStartObject();
            json.WriteStartObject("resource"u8);
            json.WriteStartArray("attributes"u8);
            WriteAttribute(json, "service.name", "poolhouse");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeLogs"u8);
            json.WriteStartObject();
            json.WriteStartObject("scope"u8);
            json.WriteString("name"u8, "poolhouse.user-pools"u8);
            json.WriteEndObject();
            json.WriteStartArray("logRecords"u8);
            foreach (var line in lines) WriteRecord(json, line);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, string line)
    {
        using var parsed = JsonDocument.Parse(line);
        var root = parsed.RootElement;
        var level = root.GetProperty("logLevel"u8).GetString()!;
        json.WriteStartObject();
        // 64-bit numbers are text in the JSON of Protocol Buffers.
        json.WriteString("timeUnixNano"u8, root.GetProperty("eventTimestamp"u8).GetString() + "000000");
        json.WriteNumber("severityNumber"u8, level == "ERROR" ? Error : Info);
        json.WriteString("severityText"u8, level);
        json.WriteStartObject("body"u8);
        json.WriteString("stringValue"u8, line);
        json.WriteEndObject();
        json.WriteStartArray("attributes"u8);
        WriteAttribute(json, "aws.cognito.event_source", root.GetProperty("eventSource"u8).GetString()!);
        WriteAttribute(json, "aws.cognito.user_pool_id", root.GetProperty("logSourceId"u8).GetProperty("userPoolId"u8).GetString()!);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
