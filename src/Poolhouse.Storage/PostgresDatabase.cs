using System.Data;
using System.Data.Common;
using Npgsql;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Postgres;

namespace Poolhouse.Storage;

/// <summary>PostgreSQL, or what speaks its protocol; any number of nodes may share it.</summary>
public sealed class PostgresDatabase : Database
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(5);

    private readonly PostgresHosts hosts;
    private readonly PostgresWatch watch;
    private readonly TimeProvider time;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="ArgumentException">The string has keys that Npgsql doesn't know.</exception>
    public PostgresDatabase(string connectionString, Sealer sealer, TimeProvider time)
        : base(sealer, time)
    {
        this.time = time;
        hosts = new PostgresHosts(connectionString, time);
        watch = new PostgresWatch(hosts, time);
    }

    /// <inheritdoc/>
    public override Task WatchAsync(IDatabaseEvents events, CancellationToken ct) => watch.RunAsync(events, ct);

    /// <summary>Closes the pools of connections.</summary>
    public override ValueTask DisposeAsync() => hosts.DisposeAsync();

    // A read that lost its server leaves nothing behind, so that it may be asked again, of the one that is there now.
    private protected override async ValueTask<T> ReadSessionAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (connection, host) = await hosts.OpenAsync(ct);
            await using var _ = connection;
            try
            {
                return await work(new DatabaseSession(connection, Dialect.Postgres));
            }
            catch (NpgsqlException failure) when (DoubtAfter(failure, host) && attempt < MaxAttempts)
            {
                // Its server is gone; nothing of it was kept.
            }
        }
    }

    private protected override async ValueTask<T> ReadConsistentlyAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct)
    {
        await using var connection = (await hosts.OpenAsync(ct)).Connection;
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await work(new DatabaseSession(connection, Dialect.Postgres, transaction));
    }

    private protected override async ValueTask<T> WriteSessionAsync<T>(
        Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            var (connection, host) = await hosts.OpenAsync(ct);
            await using var _ = connection;
            try
            {
                // Read committed is enough: every decision is one statement, which looks again at a row that it had to wait for.
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
                var (answer, isKept) = await work(new DatabaseSession(connection, Dialect.Postgres, transaction));
                isCommitting = isKept;
                if (isKept) await transaction.CommitAsync(ct);
                else await transaction.RollbackAsync(ct);
                return answer;
            }
            catch (PostgresException exception) when (IsConflict(exception) && attempt < MaxAttempts)
            {
                // The server ends one party of a deadlock only, so the other is through by then; no need for jitter.
                await Task.Delay(RetryDelay * attempt, time, ct);
            }
            catch (NpgsqlException failure) when (DoubtAfter(failure, host) && !isCommitting && attempt < MaxAttempts)
            {
                // The server took it back when it lost the connection. Whether a commit that was sent has happened nobody can say: that one is the caller's.
            }
        }
    }

    private protected override async ValueTask AnnounceConfigurationAsync(DatabaseSession session, CancellationToken ct)
    {
        // Within the transaction: nobody hears of what isn't there, nor misses what is.
        if (watch.IsListening) await session.Statement($"notify {PostgresWatch.Channel}").ExecuteAsync(ct);
    }

    private protected override bool IsRefusal(DbException exception) =>
        exception is PostgresException { SqlState: { } state }
        && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal));

    // Also what took too long is a reason to look whether the server is still the one; but not to send it another time.
    private bool DoubtAfter(NpgsqlException failure, PostgresHost host)
    {
        if (failure is not PostgresException || PostgresHosts.IsLost(failure)) hosts.Doubt(host);
        return PostgresHosts.IsLost(failure);
    }

    private static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        // An update can't say "on conflict"; who looked for another holder before that one was committed sees it the next time.
        || exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "accounts_by_username" or "realtime_users_by_email" };
}
