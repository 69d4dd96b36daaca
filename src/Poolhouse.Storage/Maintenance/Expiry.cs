using Poolhouse.Core.Accounts;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Maintenance;

/// <summary>Removes rows whose time is over. Each statement walks one index from its old end and stops after some rows.</summary>
internal static class Expiry
{
    /// <summary>Answers how many rows went; as many as the bound means that more may wait.</summary>
    public static async ValueTask<int> RemoveAsync(DatabaseSession session, DateTimeOffset now, CancellationToken ct)
    {
        var count = 0;
        foreach (var (sql, age) in Statements)
            count += await session.Statement(sql).Time("before", now - age).Bigint("limit", IDatabaseMaintenance.MostExpired).ExecuteAsync(ct);
        return count;
    }

    // What expired is refused by its own time anyway. Families stay a day longer, so that a late refresh hears that it has
    // expired; guesses a day after the last one, beyond any lock; sent messages a week and dead ones a month, for support;
    // invitations three months, so that who invited sees what became of them.
    private static readonly (string Sql, TimeSpan Age)[] Statements =
    [
        (Old("codes", "(pool_id, sub, purpose, attribute)", "expires_at"), TimeSpan.Zero),
        (Old("link_requests", "id", "expires_at"), TimeSpan.Zero),
        (Old("spent", "id", "expires_at"), TimeSpan.Zero),
        (Old("account_sessions", "key", "expires_at"), TimeSpan.Zero),
        (Old("remote_sign_ins", "id", "expires_at"), TimeSpan.Zero),
        (Old("username_reservations", "(application, name)", "expires_at"), TimeSpan.Zero),
        (Old("realtime_sign_ins", "family_id", "expires_at"), TimeSpan.Zero),
        (Old("token_families", "id", "expires_at"), TimeSpan.FromDays(1)),
        (Old("attempts", "key", "expires_at"), TimeSpan.Zero),
        (Old("guesses", "key", "touched_at"), TimeSpan.FromDays(1)),
        (Old("auth_events", "position", "at"), TimeSpan.FromDays(730)),
        (Old("account_proofs", "(account_id, family_id)", "at"), TimeSpan.FromDays(1)),
        (Old("audit_entries", "position", "at"), TimeSpan.FromDays(730)),
        (Old("invites", "position", "expires_at"), TimeSpan.FromDays(90)),
        (Old("code_requests", "id", "created_at"), CodeRequest.Lifetime),
        (Old("kyc_usage", "(account_id, day)", "day"), TimeSpan.FromDays(2)),
        (Old("log_queue", "position", "at"), TimeSpan.FromDays(1)),
        // The file of a job that nobody started first, then the job's state, which every read knows by itself.
        ("""
         delete from import_chunks
         where (pool_id, job_id, upload_id, number) in (
             select c.pool_id, c.job_id, c.upload_id, c.number
             from import_jobs j
             join import_chunks c on c.pool_id = j.pool_id and c.job_id = j.id
             where j.state = 'created' and j.created_at <= @before
             order by j.created_at
             limit @limit)
         """, ImportJob.Patience),
        ($"""
         update import_jobs
         set state = 'expired', ended_at = created_at + {(long)ImportJob.Patience.TotalMilliseconds}, message = '{ImportMessages.Expired}'
         where (pool_id, id) in (
             select j.pool_id, j.id
             from import_jobs j
             where j.state = 'created' and j.created_at <= @before
             and not exists (select 1 from import_chunks c where c.pool_id = j.pool_id and c.job_id = j.id)
             order by j.created_at
             limit @limit)
         """, ImportJob.Patience),
        // The rows that failed first, as there may be many; then the imports that have none left.
        ("""
         delete from local_import_failures
         where (pool_id, digest, line) in (
             select f.pool_id, f.digest, f.line
             from local_imports i
             join local_import_failures f on f.pool_id = i.pool_id and f.digest = i.digest
             where i.touched_at <= @before
             order by i.touched_at
             limit @limit)
         """, LocalImport.Memory),
        ("""
         delete from local_imports
         where (pool_id, digest) in (
             select i.pool_id, i.digest
             from local_imports i
             where i.touched_at <= @before
             and not exists (select 1 from local_import_failures f where f.pool_id = i.pool_id and f.digest = i.digest)
             order by i.touched_at
             limit @limit)
         """, LocalImport.Memory),
        (Closed("sent"), TimeSpan.FromDays(7)),
        (Closed("late"), TimeSpan.FromDays(7)),
        (Closed("dead"), TimeSpan.FromDays(30)),
    ];

    // Of constants only; the key is a column, or several in parentheses.
    private static string Old(string table, string key, string time) =>
        $$"""
        delete from {{table}}
        where {{key}} in (select {{key.Trim('(', ')')}} from {{table}} where {{time}} <= @before order by {{time}} limit @limit {skip_locked})
        """;

    // The state stands as a literal, or SQLite could not prove that the partial index covers it.
    private static string Closed(string state) =>
        $$"""
        delete from outbox
        where position in (
            select position from outbox
            where state <> 'waiting' and state = '{{state}}' and closed_at <= @before
            order by closed_at
            limit @limit
            {skip_locked})
        """;
}
