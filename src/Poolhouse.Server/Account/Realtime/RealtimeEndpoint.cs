using System.Buffers;
using System.Net.WebSockets;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>/ws</c>: lets WebSockets in and serves each until it ends.</summary>
internal sealed class RealtimeEndpoint(
    RealtimeHub hub, RealtimeDispatcher dispatcher, RealtimeOrigins origins, RateLimiter limiter, RealtimeLimits limits, IRandom random, TimeProvider clock)
{
    /// <summary>Serves one.</summary>
    public async Task<IResult> ServeAsync(HttpContext http)
    {
        RequestIds.Echo(http);
        var language = AccountCall.Of(http).Language;
        try
        {
            if (!http.WebSockets.IsWebSocketRequest)
            {
                // RFC 9110 §15.5.22: says what to upgrade to.
                http.Response.Headers.Upgrade = "websocket";
                throw Problems.Malformed(StatusCodes.Status426UpgradeRequired, "Connect by WebSocket.");
            }

            // A page of somebody else's must not speak in its visitor's name (ASVS 5.0 §4.4.2).
            if (!origins.Allow(http.Request.Headers.Origin)) throw Problems.Forbidden();
            var origin = Origin.Of(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);
            await limiter.DemandAsync(RateLimits.Connections, origin.Address, clock.GetUtcNow(), http.RequestAborted);
            await ServeAsync(http, origin);
            return Results.Empty;
        }
        catch (ProblemException refused)
        {
            return Problem.Answer(http, refused, language);
        }
    }

    private async Task ServeAsync(HttpContext http, Origin origin)
    {
        var network = RateLimiter.Network(origin.Address);
        if (!hub.TryReserve(network)) throw Problems.TooMany(60);
        try
        {
            var context = new WebSocketAcceptContext { KeepAliveInterval = limits.PingInterval, KeepAliveTimeout = limits.PingTimeout };
            using var connection = new RealtimeConnection(random.UuidText(), await http.WebSockets.AcceptWebSocketAsync(context), origin, limits);
            hub.Add(connection);
            try
            {
                await ReadAsync(connection);
                await connection.DrainAsync();
            }
            finally
            {
                hub.Remove(connection);
            }
        }
        finally
        {
            hub.Free(network);
        }
    }

    private async Task ReadAsync(RealtimeConnection connection)
    {
        try
        {
            while (true)
            {
                var (buffer, length) = await connection.ReceiveAsync();
                if (buffer is null) break;
                try
                {
                    await AnswerAsync(connection, buffer, length);
                }
                finally
                {
                    // Tokens were in it.
                    ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                }
            }

            connection.Close(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a word, or told to.
            connection.Abort();
        }
    }

    private async ValueTask AnswerAsync(RealtimeConnection connection, byte[] buffer, int length)
    {
        var count = connection.Count(clock.GetUtcNow());
        if (count > limits.Tolerated) connection.Close(WebSocketCloseStatus.PolicyViolation, "Too many messages.");
        else if (count > limits.Answered) RealtimeDispatcher.Fail(connection, "TOO_MANY_REQUESTS", "too many messages");
        else if (length < 0) RealtimeDispatcher.Fail(connection, RealtimeCodes.MessageTooLarge, "message too large");
        else await dispatcher.HandleAsync(connection, buffer.AsMemory(0, length));
    }
}
