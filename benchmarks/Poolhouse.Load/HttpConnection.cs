using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Load;

/// <summary>
/// One HTTP/1.1 connection, one request at a time. It knows what this server answers (a status line, Content-Length) and no
/// more, because whatever it costs is missing to the server on the same machine.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];

    /// <summary>Connects.</summary>
    public static async Task<HttpConnection> OpenAsync(IPEndPoint endPoint)
    {
        var connection = new HttpConnection();
        await connection.socket.ConnectAsync(endPoint);
        return connection;
    }

    /// <summary>Sends a whole request and returns the body of its answer, valid until the next call.</summary>
    /// <exception cref="LoadException">The status is not 200.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request, SocketFlags.None);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None);
            if (read == 0) throw new LoadException("The server closed the connection.");
            length += read;
            if (BodyOf(buffer.AsSpan(0, length)) is { } body) return buffer.AsMemory(body);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    // Null while something is missing.
    private static Range? BodyOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var name = answer[..end].IndexOf("Content-Length: "u8);
        if (name < 0 || !Utf8Parser.TryParse(answer[(name + 16)..], out int size, out _))
            throw new LoadException("The answer has no Content-Length.");
        if (answer.Length < end + 4 + size) return null;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new LoadException(System.Text.Encoding.UTF8.GetString(answer));
        return (end + 4)..(end + 4 + size);
    }
}
