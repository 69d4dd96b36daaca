using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Poolhouse.Storage;

/// <summary>A command with typed parameters; null keeps its type, so that PostgreSQL never has to guess.</summary>
/// <param name="command">The driver's command.</param>
/// <param name="isKept">Whether it stays prepared for the next run.</param>
internal sealed class Statement(DbCommand command, bool isKept)
{
    private int position;

    /// <summary>Adds text.</summary>
    public Statement Text(string name, string? value) => Add(name, DbType.String, value);

    /// <summary>Adds a whole number.</summary>
    public Statement Bigint(string name, long? value) => Add(name, DbType.Int64, value);

    /// <summary>Adds a time as milliseconds UTC.</summary>
    public Statement Time(string name, DateTimeOffset? value) => Add(name, DbType.Int64, value?.ToUnixTimeMilliseconds());

    /// <summary>Adds a flag.</summary>
    public Statement Flag(string name, bool? value) => Add(name, DbType.Boolean, value);

    /// <summary>Adds bytes.</summary>
    public Statement Bytes(string name, byte[]? value) => Add(name, DbType.Binary, value);

    /// <summary>Lets it take as long as it takes: what cascades through a whole pool.</summary>
    public Statement WithoutTimeLimit()
    {
        // SQLite's only bounds the wait for a lock.
        if (!isKept) command.CommandTimeout = 0;
        return this;
    }

    /// <summary>Runs it and answers how many rows it changed.</summary>
    public async ValueTask<int> ExecuteAsync(CancellationToken ct)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Runs a kept statement on the spot; the writer of SQLite has a thread to block.</summary>
    public void Execute() => command.ExecuteNonQuery();

    /// <summary>Runs it and answers whether it returned a row.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken ct) => (await ListAsync(static _ => true, ct)).Count > 0;

    /// <summary>Runs it and maps its first row; <c>default</c> if there is none.</summary>
    public async ValueTask<T?> FindAsync<T>(Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = await ListAsync(map, ct);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Runs it to its end and maps every row.</summary>
    public async ValueTask<List<T>> ListAsync<T>(Func<DbDataReader, T> map, CancellationToken ct)
    {
        try
        {
            return isKept ? ListHere(map, ct) : await ListThereAsync(map, ct);
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Runs it and maps row after row; for what doesn't fit in memory.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<DbDataReader, T> map, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) yield return map(reader);
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Takes a kept statement up again; its parameters are set anew in the order they were added.</summary>
    internal Statement Begin()
    {
        position = 0;
        return this;
    }

    // SQLite answers on the caller's thread whichever way it is asked; asked plainly it makes no tasks.
    private List<T> ListHere<T>(Func<DbDataReader, T> map, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    private async ValueTask<List<T>> ListThereAsync<T>(Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }

    private Statement Add(string name, DbType type, object? value)
    {
        var stored = value ?? DBNull.Value;
        if (position < command.Parameters.Count)
        {
            Debug.Assert(command.Parameters[position].ParameterName.AsSpan(1).SequenceEqual(name), "Parameters of a kept statement always come in the same order.");
            command.Parameters[position].Value = stored;
        }
        else
        {
            var parameter = command.CreateParameter();
            // SQLite finds a name as the text has it at once; without its prefix it tries one prefix after the other, at every run.
            parameter.ParameterName = isKept ? "@" + name : name;
            parameter.DbType = type;
            parameter.Value = stored;
            command.Parameters.Add(parameter);
        }

        position++;
        return this;
    }

    private ValueTask EndAsync() => isKept ? ValueTask.CompletedTask : command.DisposeAsync();
}
