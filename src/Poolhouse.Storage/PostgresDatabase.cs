using System.Data;
using System.Data.Common;
using Npgsql;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Storage;

/// <summary>PostgreSQL, or what speaks its protocol; any number of nodes may share it.</summary>
public sealed class PostgresDatabase : Database
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(5);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider time;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="ArgumentException">The string has keys that Npgsql doesn't know.</exception>
    public PostgresDatabase(string connectionString, Sealer sealer, TimeProvider time)
        : base(sealer, time)
    {
        this.time = time;
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Multiplexing = false };

        // Every text is a constant, so all of them fit; the driver prepares what comes up twice.
        if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        source = NpgsqlDataSource.Create(builder);
    }

    /// <inheritdoc/>
    public override string EngineName => "postgresql";

    /// <summary>Closes the pool of connections.</summary>
    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private protected override async ValueTask<T> ReadSessionAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await work(new DatabaseSession(connection, Dialect.Postgres));
    }

    private protected override async ValueTask<T> ReadConsistentlyAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await work(new DatabaseSession(connection, Dialect.Postgres, transaction));
    }

    private protected override async ValueTask<T> WriteSessionAsync<T>(
        Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(work, ct);
            }
            catch (PostgresException exception) when (IsConflict(exception) && attempt < MaxAttempts)
            {
                // The server ends one party of a deadlock only, so the other is through by then; no need for jitter.
                await Task.Delay(RetryDelay * attempt, time, ct);
            }
        }
    }

    private protected override bool IsRefusal(DbException exception) =>
        exception is PostgresException { SqlState: { } state }
        && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal));

    private async ValueTask<T> TryWriteAsync<T>(Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);

        // Read committed is enough: every decision is one statement, which looks again at a row that it had to wait for.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var (answer, isKept) = await work(new DatabaseSession(connection, Dialect.Postgres, transaction));
        if (isKept) await transaction.CommitAsync(ct);
        else await transaction.RollbackAsync(ct);
        return answer;
    }

    private static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        // An update can't say "on conflict"; who looked for another holder before that one was committed sees it the next time.
        || exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "accounts_by_username" or "realtime_users_by_email" };
}
