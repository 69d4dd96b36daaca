using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>One end of an HTTP/1.1 connection, message by message (RFC 9112). A message is kept whole: those of tests are small.</summary>
internal sealed class HttpPeer(Socket socket) : IDisposable
{
    private const int MostHead = 64 * 1024;

    private readonly NetworkStream stream = new(socket, ownsSocket: true);
    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>Whether nothing was sent or closed by the other side while nothing was asked.</summary>
    public bool IsIdle => start == end && !socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Reads the next message; null where the other side has closed instead.</summary>
    /// <param name="method">What it answers; null for a request.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="IOException">The connection broke, or what came is not HTTP.</exception>
    public async Task<HttpMessage?> ReadAsync(string? method, CancellationToken ct)
    {
        int head;
        while ((head = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (end - start > MostHead) throw new IOException("A head without an end.");
            if (await FillAsync(ct)) continue;
            return start == end ? null : throw new IOException("Closed within a head.");
        }

        var lines = Encoding.Latin1.GetString(buffer, start, head).Split("\r\n");
        start += head + 4;
        var message = new HttpMessage(lines[0], [.. lines.Skip(1)]);
        return message with { Body = await BodyAsync(message, method, ct) };
    }

    /// <summary>Sends a message.</summary>
    public async Task WriteAsync(HttpMessage message, CancellationToken ct)
    {
        var head = Encoding.Latin1.GetBytes(string.Join("\r\n", [message.First, .. message.Headers, "", ""]));
        await stream.WriteAsync((byte[])[.. head, .. message.Body], ct);
    }

    /// <summary>Passes on whatever comes, both ways, until one side closes: a WebSocket.</summary>
    public async Task TunnelAsync(HttpPeer other, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(PassAsync(this, other, either.Token), PassAsync(other, this, either.Token));
        await either.CancelAsync();
    }

    public void Dispose() => stream.Dispose();

    private static async Task PassAsync(HttpPeer from, HttpPeer to, CancellationToken ct)
    {
        do
        {
            await to.stream.WriteAsync(from.buffer.AsMemory(from.start, from.end - from.start), ct);
            from.start = from.end;
        }
        while (await from.FillAsync(ct));
    }

    // RFC 9112 §6.3, in its order.
    private async Task<byte[]> BodyAsync(HttpMessage message, string? method, CancellationToken ct)
    {
        if (method is not null && (method == "HEAD" || message.Status is < 200 or 204 or 304)) return [];
        if (message.Header("Transfer-Encoding") is not null) return await ChunksAsync(ct);
        if (message.Header("Content-Length") is { } length) return await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), ct);
        if (method is null) return [];
        while (await FillAsync(ct))
        {
            // Until the other side closes.
        }

        return await TakeAsync(end - start, ct);
    }

    // Kept as it came, for it is passed on as it came. RFC 9112 §7.1.
    private async Task<byte[]> ChunksAsync(CancellationToken ct)
    {
        var body = new List<byte>();
        while (true)
        {
            var line = await LineAsync(ct);
            body.AddRange(line);
            var size = int.Parse(Encoding.Latin1.GetString(line).Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(size == 0 ? await LineAsync(ct) : await TakeAsync(size + 2, ct));
            if (size == 0) return [.. body];
        }
    }

    private async Task<byte[]> LineAsync(CancellationToken ct)
    {
        int at;
        while ((at = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0)
            if (!await FillAsync(ct)) throw new IOException("Closed within a chunk.");
        return await TakeAsync(at + 2, ct);
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken ct)
    {
        while (end - start < count)
            if (!await FillAsync(ct)) throw new IOException("Closed within a body.");
        var taken = buffer[start..(start + count)];
        start += count;
        return taken;
    }

    private async Task<bool> FillAsync(CancellationToken ct)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var count = await stream.ReadAsync(buffer.AsMemory(end), ct);
        end += count;
        return count > 0;
    }
}

/// <summary>A request or an answer as it was on the wire.</summary>
internal sealed record HttpMessage(string First, IReadOnlyList<string> Headers)
{
    /// <summary>As it came, chunks and all.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Of a request.</summary>
    public string Method => First.Split(' ')[0];

    /// <summary>Of an answer.</summary>
    public int Status => int.Parse(First.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>Whether its sender closes the connection after it.</summary>
    public bool Closes => string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without what is said to the next hop only (RFC 9110 §7.6.1).</summary>
    public HttpMessage ToNextHop() => Closes ? this with { Headers = [.. Headers.Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase))] } : this;

    /// <summary>An answer of the front's own.</summary>
    public static HttpMessage Answer(int status, string text) =>
        new($"HTTP/1.1 {status} Front", ["Content-Type: text/plain", $"Content-Length: {text.Length}"]) { Body = Encoding.ASCII.GetBytes(text) };
}
