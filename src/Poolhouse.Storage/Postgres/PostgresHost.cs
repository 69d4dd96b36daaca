using Npgsql;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Storage.Postgres;

/// <summary>What a server said of itself.</summary>
/// <param name="Host">Who.</param>
/// <param name="IsPrimary">Whether it takes writes.</param>
/// <param name="Timeline">Its timeline, in hexadecimal digits; empty where it doesn't tell.</param>
/// <param name="Refusal">Why it answers nobody, though it is there; null otherwise.</param>
internal sealed record PostgresAnswer(PostgresHost Host, bool IsPrimary, string Timeline = "", PostgresException? Refusal = null);

/// <summary>One server with its pool of connections.</summary>
internal sealed class PostgresHost
{
    /// <summary>How long it may take to say what it is. More than a busy server needs, less than somebody waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string probe;
    private readonly bool isOnly;

    /// <param name="settings">The connection string, naming this host only.</param>
    /// <param name="isOnly">There is no other: whatever answers is the one.</param>
    public PostgresHost(NpgsqlConnectionStringBuilder settings, bool isOnly)
    {
        this.isOnly = isOnly;
        Settings = settings;
        Source = NpgsqlDataSource.Create(settings);
        // -1: what is late is dropped at once, instead of asking a server that doesn't answer to leave off.
        var alone = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false,
            Timeout = (int)Patience.TotalSeconds,
            CommandTimeout = (int)Patience.TotalSeconds,
            CancellationTimeout = -1,
            MaxAutoPrepare = 0,
        };
        probe = alone.ConnectionString;
    }

    /// <summary>Its connection string.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>Its connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Its name and port, for the log.</summary>
    public string Name => $"{Settings.Host}:{Settings.Port}";

    /// <summary>A connection beside the pool, whose statements have little time; not open yet.</summary>
    public NpgsqlConnection Beside() => new(probe);

    /// <summary>Asks what it is; in time, though the driver may take longer to let go of a server that stands still.</summary>
    public async Task<PostgresAnswer> AskAsync(TimeProvider time, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(AskAsync, Patience, time, ct);
        }
        catch (Exception away) when (away is TimeoutException or OperationCanceledException)
        {
            return new PostgresAnswer(this, IsPrimary: false);
        }
    }

    private async Task<PostgresAnswer> AskAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = Beside();
            await connection.OpenAsync(ct);
            if (isOnly) return new PostgresAnswer(this, IsPrimary: true);
            if (await IsStandbyAsync(connection, ct)) return new PostgresAnswer(this, IsPrimary: false);
            return new PostgresAnswer(this, IsPrimary: true, await TimelineAsync(connection, ct));
        }
        catch (PostgresException refusal) when (!PostgresHosts.IsLost(refusal))
        {
            // Too many connections, say: where it is the only one, that is for those to hear who come next.
            return new PostgresAnswer(this, isOnly, Refusal: isOnly ? null : refusal);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
        {
            return new PostgresAnswer(this, IsPrimary: false);
        }
    }

    /// <summary>Whether a connection's server follows another one.</summary>
    public static async Task<bool> IsStandbyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("select pg_is_in_recovery()", connection);
            return await command.ExecuteScalarAsync(ct) is true;
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.UndefinedFunction)
        {
            // Something else that speaks the protocol, whose nodes are all alike.
            return false;
        }
    }

    // The first eight digits of the name of the log's file. https://www.postgresql.org/docs/current/functions-admin.html
    private static async Task<string> TimelineAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)", connection);
            return await command.ExecuteScalarAsync(ct) as string ?? "";
        }
        catch (PostgresException)
        {
            return "";
        }
    }
}
