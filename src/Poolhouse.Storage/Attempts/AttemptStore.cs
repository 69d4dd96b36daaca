using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Attempts;

/// <summary>Counters of attempts.</summary>
internal sealed class AttemptStore(DatabaseSession session) : IAttemptStore
{
    // The window begins with the first attempt, not at a full minute that everybody could wait for.
    public async ValueTask<int> CountAsync(string key, TimeSpan window, DateTimeOffset now, CancellationToken ct) =>
        (await CountWindowAsync(key, window, now, ct)).Attempts;

    public ValueTask<(int Attempts, DateTimeOffset EndsAt)> CountWindowAsync(string key, TimeSpan window, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            insert into attempts (key, attempts, expires_at)
            values (@key, 1, @expires_at)
            on conflict (key) do update
            set attempts = case when attempts.expires_at <= @now then 1 else attempts.attempts + 1 end,
                expires_at = case when attempts.expires_at <= @now then excluded.expires_at else attempts.expires_at end
            returning attempts, expires_at
            """)
        .Text("key", key)
        .Time("expires_at", now + window)
        .Time("now", now)
        .FindAsync(static row => (row.GetInt32(0), row.Time(1)), ct);

    // 5 free guesses, then 1 s doubling up to 900 s. The guess counts as a failure until ClearAsync says that it was right,
    // so the lock that the fifth one sets stands before the fifth is even checked.
    public ValueTask<bool> AdmitGuessAsync(string key, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            insert into guesses (key, failures, locked_until, touched_at)
            values (@key, 1, 0, @now)
            on conflict (key) do update
            set failures = guesses.failures + 1,
                locked_until = case
                    when guesses.failures < 4 then 0
                    when guesses.failures < 14 then @now + (1000 << (guesses.failures - 4))
                    else @now + 900000
                end,
                touched_at = @now
            where guesses.locked_until <= @now
            returning failures
            """)
        .Text("key", key)
        .Time("now", now)
        .AnyAsync(ct);

    public async ValueTask ClearAsync(string key, CancellationToken ct)
    {
        await session.Statement("delete from guesses where key = @key").Text("key", key).ExecuteAsync(ct);
        await session.Statement("delete from attempts where key = @key").Text("key", key).ExecuteAsync(ct);
    }
}
