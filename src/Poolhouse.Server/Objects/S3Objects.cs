using System.Net;
using System.Security.Cryptography;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.SigV4;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Objects;

/// <summary>
/// Objects in an S3-compatible store: three requests of its API (PutObject, GetObject, DeleteObject), signed here. All are safe to repeat, and are once.
/// </summary>
internal sealed class S3Objects(S3Address address, string accessKeyId, string secretAccessKey, WallClock clock) : IObjectStore, IDisposable
{
    private const int Attempts = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
    };

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Put, name, bytes, ct);
        if (response.StatusCode != HttpStatusCode.OK) throw Refused(response);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string name, int most, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, name, null, ct);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        if (response.StatusCode != HttpStatusCode.OK) throw Refused(response);
        try
        {
            if (response.Content.Headers.ContentLength is not { } length || length > most) throw new ObjectStoreException("The object is larger than any that was written.");
            var bytes = new byte[length];
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            await body.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || IsTimeout(failure, ct))
        {
            throw new ObjectStoreException("The object store broke off.", failure);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Delete, name, null, ct);
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.NotFound)) throw Refused(response);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, ReadOnlyMemory<byte>? bytes, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = Sign(method, name, bytes);
                var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                if ((int)response.StatusCode < 500 || attempt == Attempts) return response;
                response.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException || IsTimeout(failure, ct))
            {
                if (attempt == Attempts) throw new ObjectStoreException("The object store does not answer.", failure);
            }
        }
    }

    private HttpRequestMessage Sign(HttpMethod method, string name, ReadOnlyMemory<byte>? bytes)
    {
        var url = new Uri(address.Base, name);
        // The server's own clock may be moved in Development; other people's stores compare with the real one.
        var at = clock.Now;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes is { } given ? given.Span : []));
        List<KeyValuePair<string, string>> headers =
        [
            new("host", url.Authority),
            new("x-amz-content-sha256", hash),
            new("x-amz-date", RequestSigner.Date(at)),
        ];
        var signed = new SignedRequest(method.Method, url.AbsolutePath, "", headers, hash);
        var request = new HttpRequestMessage(method, url);
        foreach (var (header, value) in headers.Skip(1)) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("Authorization", RequestSigner.Authorization(signed, accessKeyId, secretAccessKey, address.Region, "s3", at));
        if (bytes is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new("application/octet-stream");
        }

        return request;
    }

    private static bool IsTimeout(Exception failure, CancellationToken ct) => failure is OperationCanceledException && !ct.IsCancellationRequested;

    private static ObjectStoreException Refused(HttpResponseMessage response) => new($"The object store answered {(int)response.StatusCode}.");
}
