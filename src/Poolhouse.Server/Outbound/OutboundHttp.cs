namespace Poolhouse.Server.Outbound;

/// <summary>
/// How this server calls others: within seconds, without following redirects, without cookies or credentials, and reading no more
/// than it needs. Addresses come from the operator's configuration only.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    /// <summary>Bytes of an answer that are read; the largest key sets have about 20,000.</summary>
    public const int MostBytes = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Patience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Status and body; null where there was no answer in time, or too large a one.</summary>
    public async ValueTask<(int Status, byte[] Body)?> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await _client.SendAsync(request, ct);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
