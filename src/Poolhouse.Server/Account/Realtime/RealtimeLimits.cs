namespace Poolhouse.Server.Account.Realtime;

/// <summary>Bounds of the WebSocket API. On everywhere; limits per network stand beside them.</summary>
internal sealed record RealtimeLimits
{
    /// <summary>Bytes of a message. The contract's section 5.</summary>
    public int LongestMessage { get; init; } = 32 * 1024;

    /// <summary>Bytes of a message that is too long which are read over; beyond them it is a flood.</summary>
    public int LongestDrained { get; init; } = 1024 * 1024;

    /// <summary>How long one message may take to arrive: who holds a buffer has to fill it.</summary>
    public TimeSpan MessageTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages that are acted on in a window; more are answered with an error.</summary>
    public int Answered { get; init; } = 30;

    /// <summary>Messages in a window beyond which a connection is closed.</summary>
    public int Tolerated { get; init; } = 120;

    /// <summary>The window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages that may wait to be sent to a peer who doesn't read.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>How often the server pings. The contract's section 5.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pong may take before the peer is held for dead.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a peer may take to close its side.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often sign-ins of connections are looked at. Twice a second, so that who signs out elsewhere is told within one.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Connections of a node.</summary>
    public int MostConnections { get; init; } = 20_000;

    /// <summary>Connections of a network; an office or a mobile carrier has many people behind one address.</summary>
    public int MostOfNetwork { get; init; } = 10_000;
}
