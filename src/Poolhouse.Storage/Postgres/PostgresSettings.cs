using System.Data.Common;
using Npgsql;

namespace Poolhouse.Storage.Postgres;

/// <summary>A connection string with what it leaves open. Whatever it says itself stays.</summary>
internal static class PostgresSettings
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">It has keys that Npgsql doesn't know.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        var said = Keys(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Multiplexing = false };

        // Every text is a constant, so all of them fit; the driver prepares what comes up twice. A pooler that gives each transaction another
        // connection says "Max Auto Prepare=0".
        if (!said.Contains("MAXAUTOPREPARE")) settings.MaxAutoPrepare = 200;
        if (!said.Contains("AUTOPREPAREMINUSAGES")) settings.AutoPrepareMinUsages = 2;

        // The driver would reset each connection that it takes from its pool, seven statements a request; nothing here leaves anything to reset.
        if (!said.Contains("NORESETONCLOSE")) settings.NoResetOnClose = true;

        // A server that is cut off sends no word. What waits for it ends by these: connecting, a statement, and a connection that nobody uses.
        if (!said.Contains("TIMEOUT")) settings.Timeout = 5;
        if (!said.Contains("COMMANDTIMEOUT")) settings.CommandTimeout = 10;
        if (!said.Contains("CANCELLATIONTIMEOUT")) settings.CancellationTimeout = 500;
        if (!said.Contains("TCPKEEPALIVE")) settings.TcpKeepAlive = true;
        if (settings.TcpKeepAlive && !said.Contains("TCPKEEPALIVETIME")) settings.TcpKeepAliveTime = 5;
        if (settings.TcpKeepAlive && !said.Contains("TCPKEEPALIVEINTERVAL")) settings.TcpKeepAliveInterval = 1;
        if (!said.Contains("APPLICATIONNAME")) settings.ApplicationName = "poolhouse";
        return settings;
    }

    /// <summary>The same for each of its hosts, in the order in which the string names them.</summary>
    public static IReadOnlyList<NpgsqlConnectionStringBuilder> ReadHosts(string connectionString)
    {
        var all = Read(connectionString);
        // Which of them is the primary is found out here; the driver would refuse the word for a single host.
        all.TargetSessionAttributes = null;
        all.LoadBalanceHosts = false;
        return [.. (all.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(host => Of(all, host))];
    }

    private static NpgsqlConnectionStringBuilder Of(NpgsqlConnectionStringBuilder all, string host)
    {
        var one = new NpgsqlConnectionStringBuilder(all.ConnectionString);
        // "name:port", "[v6]:port", "name"; a bare IPv6 address has more colons than one, and a socket's folder begins with a slash.
        var colon = host.LastIndexOf(':');
        if (colon > 0 && !host.StartsWith('/') && (host.IndexOf(':', StringComparison.Ordinal) == colon || host[colon - 1] == ']')
            && int.TryParse(host.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port))
            (one.Host, one.Port) = (host[..colon].Trim('[', ']'), port);
        else
            one.Host = host;
        return one;
    }

    // The driver's own builder has every key, said or not. Names go with and without spaces.
    private static HashSet<string> Keys(string connectionString) =>
    [
        .. new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()),
    ];
}
