using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Poolhouse.Storage.Redis;

/// <summary>What a look at Redis found.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Role"><c>master</c> or <c>slave</c>.</param>
/// <param name="Policy">What it throws away when its memory is full: <c>maxmemory-policy</c>.</param>
/// <param name="MostMemory">Bytes that it may use; 0 where nothing bounds them.</param>
/// <param name="IsKept">Whether what it holds outlives a restart, by dumps or a log; null where it doesn't tell.</param>
/// <param name="HasFailedToSave">Whether its last dump or rewrite of the log failed.</param>
/// <param name="RoundTrip">How long it took to write, read and remove a value.</param>
public sealed record RedisInspection(string Version, string Role, string Policy, long MostMemory, bool? IsKept, bool HasFailedToSave, TimeSpan RoundTrip)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(3);

    /// <summary>Looks, over a connection of its own that is closed again.</summary>
    /// <param name="configuration">As of the option.</param>
    /// <param name="key">A key that nobody has; it is gone again in any case.</param>
    /// <param name="clock">Measures how long Sentinels are waited for.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="RedisInspectionException">Says in a sentence why it can't be looked at.</exception>
    public static async Task<RedisInspection> LookAsync(string configuration, string key, TimeProvider clock, CancellationToken ct)
    {
        if (RedisSettings.Read(configuration, out var problem) is not { } settings) throw new RedisInspectionException($"Its configuration can't be used: {problem}.");
        var primary = settings.ServiceName is null
            ? null
            : await new RedisSentinels(settings, clock).FindAsync(ct) ?? throw new RedisInspectionException("No Sentinel answers and knows a primary of that name.");
        var options = primary is null ? settings.Driver : settings.For(primary);
        options.AbortOnConnectFail = true;
        // For CONFIG GET, which tells whether it dumps.
        options.AllowAdmin = true;
        options.ConnectTimeout = (int)Connecting.TotalMilliseconds;
        options.SyncTimeout = (int)Connecting.TotalMilliseconds;
        options.ClientName = "poolhouse-doctor";
        try
        {
            using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            var database = connection.GetDatabase();
            var started = Stopwatch.GetTimestamp();
            await database.StringSetAsync(key, "1", TimeSpan.FromSeconds(10));
            if (await database.StringGetAsync(key) != "1") throw new RedisInspectionException("What was written could not be read again.");
            await database.KeyDeleteAsync(key);
            var roundTrip = Stopwatch.GetElapsedTime(started);
            var server = connection.GetEndPoints().Select(endpoint => connection.GetServer(endpoint)).First(candidate => candidate.IsConnected);
            var info = (await server.InfoAsync()).SelectMany(section => section).DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
            return Read(info, await DumpsAsync(server), roundTrip);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or IOException or InvalidOperationException)
        {
            throw new RedisInspectionException(Describe(failure.ToString()));
        }
    }

    // Services of clouds take the command away.
    private static async Task<bool?> DumpsAsync(IServer server)
    {
        try
        {
            return (await server.ConfigGetAsync("save")).Any(setting => setting.Value.Length > 0);
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    private static RedisInspection Read(Dictionary<string, string> info, bool? dumps, TimeSpan roundTrip)
    {
        string Of(string name) => info.GetValueOrDefault(name, "");
        var hasLog = Of("aof_enabled") == "1";
        var hasFailed = Of("rdb_last_bgsave_status") == "err" || (hasLog && Of("aof_last_bgrewrite_status") == "err");
        return new RedisInspection(
            Of("redis_version"),
            Of("role"),
            Of("maxmemory_policy"),
            long.TryParse(Of("maxmemory"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 0,
            hasLog ? true : dumps,
            hasFailed,
            roundTrip);
    }

    // Not the text itself: it may quote what was configured.
    private static string Describe(string failure) => failure switch
    {
        _ when failure.Contains("WRONGPASS", StringComparison.Ordinal) || failure.Contains("NOAUTH", StringComparison.Ordinal)
            || failure.Contains("AuthenticationFailure", StringComparison.Ordinal) || failure.Contains("invalid password", StringComparison.OrdinalIgnoreCase) => "It refuses the password.",
        _ when failure.Contains("NOPERM", StringComparison.Ordinal) => "The user may not run the commands that are needed.",
        _ when failure.Contains("READONLY", StringComparison.Ordinal) => "It is a replica that takes no writes.",
        _ when failure.Contains("MISCONF", StringComparison.Ordinal) => "It takes no writes because it can't save to its disk.",
        _ when failure.Contains("OOM ", StringComparison.Ordinal) => "Its memory is full.",
        _ => "It does not answer.",
    };
}

/// <summary>Redis can't be looked at; the message is a sentence for an operator.</summary>
public sealed class RedisInspectionException(string sentence) : Exception(sentence);
