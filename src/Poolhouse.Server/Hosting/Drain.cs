namespace Poolhouse.Server;

/// <summary>
/// The last seconds of a node: <c>/health/ready</c> says so, answers end their connections, and requests are served as ever, until whoever
/// spreads them has noticed. Then the host stops.
/// </summary>
internal sealed class Drain
{
    private volatile bool _isDraining;

    /// <summary>Whether no new work should be sent here.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>From now on. It can't be taken back.</summary>
    public void Begin() => _isDraining = true;

    /// <summary>Tells a client by the answer that its next request needs another connection. RFC 9112 §9.6; HTTP/2 has GOAWAY, which the host sends.</summary>
    public void Mark(HttpContext http) => http.Response.OnStarting(
        static state =>
        {
            // Only now: the drain may have begun while the request was being served.
            var (drain, http) = ((Drain, HttpContext))state;
            if (drain._isDraining && HttpProtocol.IsHttp11(http.Request.Protocol) && http.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
                http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        },
        (this, http));
}
