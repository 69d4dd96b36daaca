using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Sessions;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>Who a connection is, once it has proved a sign-in.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="FamilyId">The sign-in at the pool.</param>
/// <param name="User">The user as it was told.</param>
internal sealed record RealtimeSession(AccountId AccountId, string FamilyId, UserView User);

/// <summary>
/// One WebSocket: sends in order from a bounded queue. A silent one holds no buffer, so that thousands of them cost little: nothing is rented before
/// data is there, and the queue is made when something is first sent.
/// </summary>
internal sealed class RealtimeConnection(string id, WebSocket socket, Origin origin, RealtimeLimits limits) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private Queue<byte[]>? _queue;
    private Task _sending = Task.CompletedTask;
    private bool _isSending;
    private (WebSocketCloseStatus Status, string Reason)? _closing;
    private RealtimeSession? _session;
    private DateTimeOffset _windowEndsAt;
    private int _messages;

    /// <summary>What replies name as <c>sender</c>.</summary>
    public string Id => id;

    /// <summary>Where it comes from.</summary>
    public Origin Origin => origin;

    /// <summary>Who it is; null before a sign-in is proved and after it ended.</summary>
    public RealtimeSession? Session => Volatile.Read(ref _session);

    /// <summary>Ends when the connection has to.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>Becomes somebody.</summary>
    public void Enter(RealtimeSession session) => Volatile.Write(ref _session, session);

    /// <summary>Is nobody any more, if it was of this sign-in; null otherwise. Of several who find the end, one gets the session and tells.</summary>
    public RealtimeSession? Leave(string familyId)
    {
        var session = Session;
        return session?.FamilyId == familyId && Interlocked.CompareExchange(ref _session, null, session) == session ? session : null;
    }

    /// <summary>Counts a message of the window that is open, and answers how many there were.</summary>
    public int Count(DateTimeOffset now)
    {
        if (_windowEndsAt <= now) (_windowEndsAt, _messages) = (now + limits.Window, 0);
        return ++_messages;
    }

    /// <summary>Puts a message into the queue. A peer who doesn't read loses the connection rather than making the server remember.</summary>
    public void Send(string action, OutgoingMessage message)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new Outgoing(id, action, message), RealtimeJson.Default.Outgoing);
        lock (_lock)
        {
            if (_closing is not null) return;
            _queue ??= new Queue<byte[]>(1);
            if (_queue.Count < limits.QueueLength)
            {
                _queue.Enqueue(text);
                Start();
                return;
            }
        }

        Abort();
    }

    /// <summary>Says goodbye after what waits to be sent; a peer who doesn't answer is dropped.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_lock)
        {
            if (_closing is not null) return;
            _closing = (status, reason);
            _end.CancelAfter(limits.CloseTimeout);
            Start();
        }
    }

    /// <summary>Drops it.</summary>
    public void Abort()
    {
        _end.Cancel();
        socket.Abort();
    }

    /// <summary>The next message in a rented buffer, for the caller to return.</summary>
    /// <returns>The buffer with how much of it is the message: −1 where it was too long and was read over. No buffer where the peer has closed.</returns>
    /// <exception cref="OperationCanceledException">The connection has to end.</exception>
    /// <exception cref="WebSocketException">It broke.</exception>
    public async ValueTask<(byte[]? Buffer, int Length)> ReceiveAsync()
    {
        // Waits without a buffer.
        var head = await socket.ReceiveAsync(Memory<byte>.Empty, Ended);
        if (head.MessageType == WebSocketMessageType.Close) return default;
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var (length, isDone) = (0, head.EndOfMessage);
            EndAfter(limits.MessageTime);
            while (!isDone)
            {
                if (length == buffer.Length) buffer = Grown(buffer);
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), Ended);
                if (part.MessageType == WebSocketMessageType.Close) return Nothing(buffer);
                length += part.Count;
                isDone = part.EndOfMessage;
                if (length <= limits.LongestMessage) continue;
                if (!isDone && !await DrainAsync(buffer, length)) return Nothing(buffer);
                (length, isDone) = (-1, true);
            }

            return (buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
        finally
        {
            EndAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits until everything is sent, or can't be.</summary>
    public async Task DrainAsync()
    {
        Task sending;
        lock (_lock) sending = _sending;
        await sending;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        socket.Dispose();
    }

    // Reads over the rest of a message; false where it never ends, or the peer closes in the middle.
    private async ValueTask<bool> DrainAsync(byte[] buffer, int length)
    {
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), Ended);
            if (part.MessageType == WebSocketMessageType.Close) return false;
            if (part.EndOfMessage) return true;
            length += part.Count;
            if (length <= limits.LongestDrained) continue;
            Close(WebSocketCloseStatus.PolicyViolation, "Messages have at most 32 KiB.");
            await DrainAsync();
            return false;
        }
    }

    private static (byte[]?, int) Nothing(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return default;
    }

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    // Under the lock.
    private void Start()
    {
        if (_isSending) return;
        _isSending = true;
        _sending = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        // Whoever queues a message doesn't wait for the network, nor hold the lock meanwhile.
        await Task.Yield();
        try
        {
            while (true)
            {
                var (text, closing) = Next();
                if (text is not null)
                {
                    await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, Ended);
                    continue;
                }

                if (closing is var (status, reason)) await socket.CloseOutputAsync(status, reason, Ended);
                return;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The peer is gone, and whoever reads hears of it.
        }
    }

    private (byte[]? Text, (WebSocketCloseStatus Status, string Reason)? Closing) Next()
    {
        lock (_lock)
        {
            if (_queue is not null && _queue.TryDequeue(out var text)) return (text, null);
            // Once it says goodbye it starts nothing again.
            _isSending = _closing is not null;
            return (null, _closing);
        }
    }

    // Who says goodbye has set its own time.
    private void EndAfter(TimeSpan time)
    {
        lock (_lock)
        {
            if (_closing is null) _end.CancelAfter(time);
        }
    }
}
