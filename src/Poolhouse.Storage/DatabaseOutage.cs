using Microsoft.Data.Sqlite;
using Npgsql;

namespace Poolhouse.Storage;

/// <summary>Tells failures that pass from those that are bugs.</summary>
public static class DatabaseOutage
{
    /// <summary>
    /// Whether the database is away, full or at its limits, rather than asked for something impossible. What was under way may have been done or not:
    /// also a commit whose answer was lost ends like this.
    /// </summary>
    public static bool Is(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => IsOutage(state),
        // Everything else that the driver says is of the connection, or of its time.
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: var code } => IsOutage(code),
        _ => false,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, insufficient resources (53100 is a full disk), operator
    // intervention and system errors; and a primary that became a standby meanwhile.
    private static bool IsOutage(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal)
        || state.StartsWith("58", StringComparison.Ordinal) || state == PostgresErrorCodes.ReadOnlySqlTransaction;

    // https://www.sqlite.org/rescode.html: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
    private static bool IsOutage(int code) => code is 5 or 6 or 7 or 8 or 10 or 13 or 14;
}
