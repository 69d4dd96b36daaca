using System.Diagnostics.CodeAnalysis;
using Poolhouse.Core.Primitives;
using StackExchange.Redis;
using IRedis = StackExchange.Redis.IDatabase;

namespace Poolhouse.Storage.Redis;

/// <summary>
/// Redis behind a breaker. A command that isn't answered within <see cref="Patience"/>, or fails, opens it: Redis is away, and nobody waits for
/// it any more until <see cref="ProbeAsync"/> was answered. A server that stands still (SIGSTOP, CLIENT PAUSE) is as away as one that is gone.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>How long a request waits for Redis. What is left of a session's 250 ms is the database's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(75);

    private readonly RedisSettings settings;
    private readonly RedisSentinels? sentinels;
    private readonly TimeProvider clock;
    private readonly Lock connectingLock = new();
    private Task<Connected>? connecting;
    private long outages;
    private volatile bool isAway = true;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="configuration">The form of <see cref="RedisSettings"/>.</param>
    /// <param name="clock">Measures patience.</param>
    /// <exception cref="ArgumentException">It can't be read; see <see cref="IsUsable"/>.</exception>
    public RedisConnection(string configuration, TimeProvider clock)
    {
        this.clock = clock;
        settings = RedisSettings.Read(configuration, out var problem) ?? throw new ArgumentException(problem, nameof(configuration));
        if (settings.ServiceName is not null) sentinels = new RedisSentinels(settings, clock);
    }

    /// <summary>Whether commands are not even tried.</summary>
    public bool IsAway => isAway;

    /// <summary>Counts what may have come between what Redis was told and what it knows: failures, lost and restored connections.</summary>
    public long Outages => Interlocked.Read(ref outages);

    /// <summary>Whether a connection string can be read.</summary>
    public static bool IsUsable(string configuration, [NotNullWhen(false)] out string? problem) => RedisSettings.Read(configuration, out problem) is not null;

    /// <summary>Runs a command; not answered where Redis is away, was too slow, or refused.</summary>
    public async ValueTask<(bool IsAnswered, T? Value)> TryAsync<T>(Func<IRedis, Task<T>> command, CancellationToken ct) =>
        isAway ? default : await RunAsync(command, ct);

    /// <summary>Asks Redis whether it is there again; true closes the breaker. For one caller at a time.</summary>
    public async ValueTask<bool> ProbeAsync(CancellationToken ct)
    {
        await FollowAsync(ct);
        if (!(await RunAsync(static redis => redis.PingAsync(), ct)).IsAnswered) return false;
        isAway = false;
        return true;
    }

    /// <summary>
    /// Asks the Sentinels, where there are some, whether the primary is still the one that this is connected to. If it isn't, Redis is away until
    /// <see cref="ProbeAsync"/> has reached the other one. For one caller at a time.
    /// </summary>
    public async ValueTask FollowAsync(CancellationToken ct)
    {
        if (sentinels is null || connecting is not { IsCompletedSuccessfully: true } present) return;
        var connected = await present;
        if (await sentinels.FindAsync(ct) is not { } primary || primary.Equals(connected.Server)) return;
        isAway = true;
        Interlocked.Increment(ref outages);
        lock (connectingLock) connecting = null;
        // What is on its way there fails, as it would have.
        connected.Multiplexer.Dispose();
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true } connected) (await connected).Multiplexer.Dispose();
    }

    private async ValueTask<(bool IsAnswered, T? Value)> RunAsync<T>(Func<IRedis, Task<T>> command, CancellationToken ct)
    {
        Task? running = null;
        try
        {
            var connection = await ConnectAsync().WaitAsync(Patience, clock, ct);
            var answering = command(connection.Multiplexer.GetDatabase());
            running = answering;
            return (true, await answering.WaitAsync(Patience, clock, ct));
        }
        catch (Exception e) when (e is TimeoutException or RedisException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // Away first: who sees the new count must not find the breaker closed.
            isAway = true;
            Interlocked.Increment(ref outages);
            if (running is not null) Deadline.Leave(running);
            return default;
        }
    }

    private Task<Connected> ConnectAsync()
    {
        lock (connectingLock)
        {
            return connecting is { IsFaulted: false, IsCanceled: false } ? connecting : connecting = OpenAsync();
        }
    }

    private async Task<Connected> OpenAsync()
    {
        var server = sentinels is null ? null : await sentinels.FindAsync(CancellationToken.None) ?? throw new IOException("No Sentinel knows the primary.");
        var connection = await ConnectionMultiplexer.ConnectAsync(server is null ? settings.Driver : settings.For(server));
        if (server is not null && connection.GetServer(server).IsSlave)
        {
            // It has not heard of its promotion yet, or a Sentinel not of its end.
            connection.Dispose();
            throw new IOException("What a Sentinel names as the primary is none.");
        }

        // A server that was started anew between two requests may know older things than it did.
        connection.ConnectionFailed += (_, _) => Interlocked.Increment(ref outages);
        connection.ConnectionRestored += (_, _) => Interlocked.Increment(ref outages);
        return new Connected(connection, server);
    }

    /// <param name="Multiplexer">The connection.</param>
    /// <param name="Server">The primary that the Sentinels named; null without them.</param>
    private sealed record Connected(ConnectionMultiplexer Multiplexer, System.Net.EndPoint? Server);
}
