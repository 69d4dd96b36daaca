using System.Data.Common;

namespace Poolhouse.Storage;

/// <summary>One connection while a read or a unit of work has it: the thin layer between stores and ADO.NET.</summary>
/// <param name="connection">Open, and nobody else's meanwhile.</param>
/// <param name="dialect">What the two databases don't write alike.</param>
/// <param name="transaction">The transaction under way; null where SQL statements delimit it.</param>
/// <param name="prepared">Prepared statements of this connection by their text; null where the driver keeps them.</param>
/// <param name="owner">The one thread that may use the session; null means any.</param>
internal sealed class DatabaseSession(
    DbConnection connection,
    Dialect dialect,
    DbTransaction? transaction = null,
    Dictionary<string, Statement>? prepared = null,
    Thread? owner = null)
{
    /// <summary>What the two databases don't write alike.</summary>
    public Dialect Dialect => dialect;

    /// <summary>A statement to be given its parameters, always in the same order, and run.</summary>
    public Statement Statement(string sql)
    {
        // A unit that awaited something foreign has lost its place; on another thread it would write into somebody else's savepoint.
        if (owner is not null && owner != Thread.CurrentThread)
            throw new InvalidOperationException("A unit of work went on after it awaited something that is not the database.");

        if (prepared is null) return new Statement(Command(sql), isKept: false);
        if (!prepared.TryGetValue(sql, out var statement))
        {
            statement = new Statement(Command(sql), isKept: true);
            prepared.Add(sql, statement);
        }

        return statement.Begin();
    }

    /// <summary>Runs statements without parameters that are not worth keeping, such as a migration.</summary>
    public async ValueTask RunScriptAsync(string sql, CancellationToken ct)
    {
        await using var command = Command(sql);
        // A migration takes as long as it takes, and so does waiting for another node's.
        if (dialect == Dialect.Postgres) command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

#pragma warning disable CA2100 // Every text is a constant of this assembly.
    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = dialect.Complete(sql);
        command.Transaction = transaction;
        return command;
    }
#pragma warning restore CA2100
}
