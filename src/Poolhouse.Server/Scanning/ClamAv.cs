using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Poolhouse.Core.Accounts.Kyc;

namespace Poolhouse.Server.Scanning;

/// <summary>
/// ClamAV's daemon over its socket, by the command INSTREAM (man clamd, "COMMANDS"): chunks with their length before them, a length of zero,
/// and one line back. Only the two answers that say clean and infected count; everything else, also that the file is too large for the daemon, is no answer.
/// </summary>
internal sealed partial class ClamAv(EndPoint address, TimeSpan patience, ILogger<ClamAv> logger) : IMalwareScanner
{
    private const int Chunk = 64 * 1024;
    private const int LongestAnswer = 4 * 1024;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var socket = await ConnectAsync(both.Token);
            // While the daemon reads it may already answer and hang up, when the file is larger than it takes.
            await SendAsync(socket, file, both.Token);
            var answer = await ReceiveAsync(socket, both.Token);
            if (answer == "stream: OK") return ScanVerdict.Clean;
            if (answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal))
            {
                LogFound(answer["stream: ".Length..^" FOUND".Length]);
                return ScanVerdict.Infected;
            }

            LogOdd(answer.Length == 0 ? "(nothing)" : answer);
            return ScanVerdict.Unavailable;
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogAway(failure.GetType().Name);
            return ScanVerdict.Unavailable;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            using var socket = await ConnectAsync(ct);
            await SendAllAsync(socket, "zPING\0"u8.ToArray(), ct);
            return await ReceiveAsync(socket, ct) == "PONG";
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var timeout = new CancellationTokenSource(ConnectPatience);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
            await socket.ConnectAsync(address, both.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        // "z": the command and the answer end in a zero byte.
        await SendAllAsync(socket, "zINSTREAM\0"u8.ToArray(), ct);
        var length = new byte[4];
        while (!file.IsEmpty)
        {
            var chunk = file[..Math.Min(Chunk, file.Length)];
            file = file[chunk.Length..];
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await SendAllAsync(socket, length, ct);
            await SendAllAsync(socket, chunk, ct);
        }

        await SendAllAsync(socket, new byte[4], ct);
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, ct)..];
    }

    private static async Task<string> ReceiveAsync(Socket socket, CancellationToken ct)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
            if (read == 0) break;
            length += read;
            // An answer that was broken off is none.
            if (buffer.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end) return Encoding.ASCII.GetString(buffer, 0, end);
        }

        return "";
    }

    [LoggerMessage(EventIds.MalwareFound, LogLevel.Warning, "ClamAV found {Signature} in an upload, which was refused.")]
    private partial void LogFound(string signature);

    [LoggerMessage(EventIds.ScannerAnswer, LogLevel.Error, "ClamAV neither passed nor condemned an upload, which was refused; it said: {Answer}")]
    private partial void LogOdd(string answer);

    [LoggerMessage(EventIds.ScannerAway, LogLevel.Error, "ClamAV does not answer ({Failure}); uploads are refused until it does.")]
    private partial void LogAway(string failure);
}
