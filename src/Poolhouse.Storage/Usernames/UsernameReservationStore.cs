using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Usernames;

/// <summary>Names that sign-ups in flight have reserved.</summary>
internal sealed class UsernameReservationStore(DatabaseSession session) : IUsernameReservationStore
{
    public ValueTask<bool> ReserveAsync(
        string application, string name, byte[] tokenHash, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            insert into username_reservations (application, name, token_hash, expires_at)
            values (@application, @name, @token_hash, @expires_at)
            on conflict (application, name) do update
            set token_hash = excluded.token_hash, expires_at = excluded.expires_at
            where username_reservations.expires_at <= @now or username_reservations.token_hash = excluded.token_hash
            returning name
            """)
        .Text("application", application)
        .Text("name", name)
        .Bytes("token_hash", tokenHash)
        .Time("expires_at", expiresAt)
        .Time("now", now)
        .AnyAsync(ct);

    public ValueTask<bool> IsReservedAsync(string application, string name, DateTimeOffset now, CancellationToken ct) => session
        .Statement("select 1 from username_reservations where application = @application and name = @name and expires_at > @now")
        .Text("application", application)
        .Text("name", name)
        .Time("now", now)
        .AnyAsync(ct);

    public ValueTask<bool> ReleaseAsync(string application, string name, byte[] tokenHash, CancellationToken ct) => session
        .Statement("delete from username_reservations where application = @application and name = @name and token_hash = @token_hash returning name")
        .Text("application", application)
        .Text("name", name)
        .Bytes("token_hash", tokenHash)
        .AnyAsync(ct);
}
