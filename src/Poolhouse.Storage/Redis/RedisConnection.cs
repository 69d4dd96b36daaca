using System.Diagnostics.CodeAnalysis;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Telemetry;
using StackExchange.Redis;
using IRedis = StackExchange.Redis.IDatabase;

namespace Poolhouse.Storage.Redis;

/// <summary>
/// Redis behind a breaker. A command that isn't answered within <see cref="Patience"/>, or fails, opens it: Redis is away, and nobody waits for
/// it any more until <see cref="ProbeAsync"/> was answered. A server that stands still (SIGSTOP, CLIENT PAUSE) is as away as one that is gone.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable, IBreaker
{
    /// <summary>How long a request waits for Redis. What is left of a session's 250 ms is the database's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(75);

    private readonly ConfigurationOptions options;
    private readonly TimeProvider clock;
    private readonly Lock connectingLock = new();
    private Task<ConnectionMultiplexer>? connecting;
    private long outages;
    private volatile bool isAway = true;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="configuration">StackExchange.Redis's form: <c>host:6379,password=…,ssl=true</c>.</param>
    /// <param name="clock">Measures patience.</param>
    /// <exception cref="ArgumentException">It can't be read; see <see cref="IsUsable"/>.</exception>
    public RedisConnection(string configuration, TimeProvider clock)
    {
        this.clock = clock;
        options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.ClientName = "poolhouse";
    }

    /// <inheritdoc/>
    public string Engine => "redis";

    /// <inheritdoc/>
    public bool IsOpen => isAway;

    /// <summary>Whether commands are not even tried.</summary>
    public bool IsAway => isAway;

    /// <summary>Counts what may have come between what Redis was told and what it knows: failures, lost and restored connections.</summary>
    public long Outages => Interlocked.Read(ref outages);

    /// <summary>Whether a connection string can be read.</summary>
    public static bool IsUsable(string configuration, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        try
        {
            if (ConfigurationOptions.Parse(configuration).EndPoints.Count > 0) return true;
            problem = "it names no server";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not the message: it quotes what may be a password.
            problem = "it can't be read";
        }

        return false;
    }

    /// <summary>Runs a command; not answered where Redis is away, was too slow, or refused.</summary>
    public async ValueTask<(bool IsAnswered, T? Value)> TryAsync<T>(Func<IRedis, Task<T>> command, CancellationToken ct) =>
        isAway ? default : await RunAsync(command, ct);

    /// <summary>Asks Redis whether it is there again; true closes the breaker. For one caller at a time.</summary>
    public async ValueTask<bool> ProbeAsync(CancellationToken ct)
    {
        if (!(await RunAsync(static redis => redis.PingAsync(), ct)).IsAnswered) return false;
        isAway = false;
        return true;
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true } connected) (await connected).Dispose();
    }

    private async ValueTask<(bool IsAnswered, T? Value)> RunAsync<T>(Func<IRedis, Task<T>> command, CancellationToken ct)
    {
        Task? running = null;
        try
        {
            var connection = await ConnectAsync().WaitAsync(Patience, clock, ct);
            var answering = command(connection.GetDatabase());
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

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (connectingLock)
        {
            return connecting is { IsFaulted: false, IsCanceled: false } ? connecting : connecting = OpenAsync();
        }
    }

    private async Task<ConnectionMultiplexer> OpenAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        // A server that was started anew between two requests may know older things than it did.
        connection.ConnectionFailed += (_, _) => Interlocked.Increment(ref outages);
        connection.ConnectionRestored += (_, _) => Interlocked.Increment(ref outages);
        return connection;
    }
}
