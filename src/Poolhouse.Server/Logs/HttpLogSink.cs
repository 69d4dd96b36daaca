using System.Net.Http.Headers;
using System.Text;

namespace Poolhouse.Server.Logs;

/// <summary>JSON lines by POST; any answer of 2xx takes them.</summary>
internal sealed class HttpLogSink(IHttpClientFactory clients, Uri address) : ILogSink
{
    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken ct)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var client = clients.CreateClient(ILogSink.ClientName);
        using var response = await client.PostAsync(address, content, ct);
        response.EnsureSuccessStatusCode();
    }
}
