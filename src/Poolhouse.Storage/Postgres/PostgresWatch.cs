using Npgsql;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Postgres;

/// <summary>
/// One connection that a node keeps open to the primary: hears that configuration was changed on another node, and finds out that the primary is gone,
/// or is one no more, before requests have to.
/// </summary>
internal sealed class PostgresWatch(PostgresHosts hosts, TimeProvider time)
{
    /// <summary>The channel. A name of ours, for a database may have other programs in it.</summary>
    public const string Channel = "poolhouse_configuration";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private volatile bool isListening;

    /// <summary>Whether this server has notifications, as far as is known.</summary>
    public bool IsListening => isListening;

    /// <summary>Watches until it is told to stop.</summary>
    public async Task RunAsync(IDatabaseEvents events, CancellationToken ct)
    {
        var told = hosts.Known;
        while (!ct.IsCancellationRequested)
        {
            PostgresHost? host = null;
            try
            {
                host = await hosts.FindAsync(ct);
                if (told is not null && told != host) events.OnPrimary(host.Name);
                told = host;
                await WatchAsync(host, events, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The database was closed before the watch was told to stop; there is nothing more to watch.
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                isListening = false;
                events.OnPrimaryLost(failure);
                if (host is not null) hosts.Doubt(host);
                await Task.Delay(Pause, time, ct);
            }
        }
    }

    private async Task WatchAsync(PostgresHost host, IDatabaseEvents events, CancellationToken ct)
    {
        var connection = host.Beside();
        var asking = Task.FromResult(false);
        try
        {
            connection.Notification += (_, _) => events.OnConfigurationChanged();
            await connection.OpenAsync(ct);
            await ListenAsync(connection, ct);
            // Nobody heard what was changed until now.
            events.OnConfigurationChanged();
            while (hosts.Known == host)
            {
                if (await connection.WaitAsync(Interval, ct) || !hosts.AreSeveral) continue;
                asking = PostgresHost.IsStandbyAsync(connection, ct);
                if (await asking.WaitAsync(PostgresHost.Patience, time, ct)) hosts.Doubt(host);
            }
        }
        finally
        {
            // The driver takes its time with a server that stands still; nobody waits for that.
            Deadline.Leave(EndAsync(connection, asking));
        }
    }

    private static async Task EndAsync(NpgsqlConnection connection, Task asking)
    {
        try
        {
            await asking;
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand($"listen {Channel}", connection);
            await command.ExecuteNonQueryAsync(ct);
            isListening = true;
        }
        catch (PostgresException)
        {
            // Something else that speaks the protocol: what is remembered is looked at again within a second anyway.
            isListening = false;
        }
    }
}
