using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Sessions;

/// <summary>Token families.</summary>
internal sealed class FamilyStore(DatabaseSession session) : IFamilyStore
{
    public async ValueTask CreateAsync(TokenFamily family, CancellationToken ct) => await session
        .Statement(
            """
            insert into token_families (
                id, origin_jti, pool_id, client_id, sub, authenticated_at, expires_at, current_refresh_id, revoked_at, device_key,
                session_id, last_active_at, device, address, acr, amr, scopes)
            values (
                @id, @origin_jti, @pool_id, @client_id, @sub, @authenticated_at, @expires_at, @current_refresh_id, @revoked_at, @device_key,
                @session_id, @last_active_at, @device, @address, @acr, @amr, @scopes)
            """)
        .Text("id", family.Id)
        .Text("origin_jti", family.OriginJti)
        .Text("pool_id", family.PoolId.Value)
        .Text("client_id", family.ClientId.Value)
        .Text("sub", family.Sub.Value)
        .Time("authenticated_at", family.AuthenticatedAt)
        .Time("expires_at", family.ExpiresAt)
        .Text("current_refresh_id", family.CurrentRefreshId)
        .Time("revoked_at", family.RevokedAt)
        .Text("device_key", family.DeviceKey)
        .Text("session_id", family.SessionId)
        .Time("last_active_at", family.LastActiveAt)
        .Text("device", family.Device)
        .Text("address", family.Address)
        .Text("acr", family.Acr)
        .Text("amr", family.Amr.Count > 0 ? string.Join(' ', family.Amr) : null)
        .Text("scopes", family.Scopes.Count > 0 ? string.Join(' ', family.Scopes) : null)
        .ExecuteAsync(ct);

    public ValueTask<TokenFamily?> FindAsync(string id, CancellationToken ct) => session
        .Statement(
            $"""
            select {FamilyRow.Columns}
            from token_families f
            where f.id = @id
            """)
        .Text("id", id)
        .FindAsync(static row => FamilyRow.Read(row, 0), ct);

    public async ValueTask<RotationOutcome> RotateAsync(
        string id, string presented, string next, TimeSpan grace, DateTimeOffset now, CancellationToken ct)
    {
        // The right-hand sides see the row as it was. A predecessor within its grace leaves replaced_at alone: the grace ends
        // when it would have ended, however often it is used.
        // Without a grace it must not be looked for at all: a request that waited for its turn is older than the replacement.
        var graceStart = grace > TimeSpan.Zero ? now - grace : DateTimeOffset.MaxValue;
        var isRotated = await session
            .Statement(
                """
                update token_families
                set replaced_at = case when current_refresh_id = @presented then @now else replaced_at end,
                    previous_refresh_id = @presented,
                    current_refresh_id = @next
                where id = @id
                and revoked_at is null
                and expires_at > @now
                and (current_refresh_id = @presented
                     or (previous_refresh_id = @presented and replaced_at > @grace_start))
                returning id
                """)
            .Text("presented", presented)
            .Time("now", now)
            .Text("next", next)
            .Text("id", id)
            .Time("grace_start", graceStart)
            .AnyAsync(ct);
        if (isRotated) return RotationOutcome.Rotated;

        // It is decided; this only finds the name of the reason.
        var family = await FindAsync(id, ct);
        if (family is null || family.ExpiresAt <= now) return RotationOutcome.Expired;
        return family.RevokedAt is null ? RotationOutcome.Reused : RotationOutcome.Revoked;
    }

    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken ct) => session
        .Statement("update token_families set revoked_at = @now where id = @id and revoked_at is null returning id")
        .Time("now", now)
        .Text("id", id)
        .AnyAsync(ct);

    // No token's id is the empty text. Without the key of its device a family can't register it again.
    public async ValueTask EndRefreshOfDeviceAsync(PoolId pool, Sub sub, string deviceKey, CancellationToken ct) => await session
        .Statement(
            """
            update token_families
            set current_refresh_id = '', previous_refresh_id = null, device_key = null
            where pool_id = @pool_id and sub = @sub and device_key = @device_key
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("device_key", deviceKey)
        .ExecuteAsync(ct);

    public async ValueTask RevokeAllAsync(PoolId pool, Sub sub, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            update token_families
            set revoked_at = @now
            where pool_id = @pool_id and sub = @sub and revoked_at is null
            """)
        .Time("now", now)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .ExecuteAsync(ct);

    public ValueTask<bool> TouchAsync(string id, string device, string? address, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update token_families
            set last_active_at = @now, device = @device, address = @address
            where id = @id and revoked_at is null
            returning id
            """)
        .Time("now", now)
        .Text("device", device)
        .Text("address", address)
        .Text("id", id)
        .AnyAsync(ct);

    public async ValueTask EvictAsync(PoolId pool, Sub sub, int keep, DateTimeOffset now, CancellationToken ct)
    {
        // Two sign-ins at once don't see each other's session; they wait for each other here, at the user.
        await session
            .Statement("select 1 from users where pool_id = @pool_id and sub = @sub {locked}")
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .AnyAsync(ct);
        await session
            .Statement(
                """
                update token_families
                set revoked_at = @now
                where id in (
                    select id from token_families
                    where pool_id = @pool_id and sub = @sub and session_id is not null and revoked_at is null and expires_at > @now
                    order by last_active_at desc, id desc
                    limit 1000000 offset @keep)
                """)
            .Time("now", now)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .Bigint("keep", keep)
            .ExecuteAsync(ct);
    }

    public async ValueTask<IReadOnlyList<TokenFamily>> ListSessionsAsync(PoolId pool, Sub sub, int limit, DateTimeOffset now, CancellationToken ct) =>
        await session
            .Statement(
                $"""
                select {FamilyRow.Columns}
                from token_families f
                where f.pool_id = @pool_id and f.sub = @sub and f.session_id is not null and f.revoked_at is null and f.expires_at > @now
                order by f.last_active_at desc, f.id desc
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .Time("now", now)
            .Bigint("limit", limit)
            .ListAsync(static row => FamilyRow.Read(row, 0), ct);

    public ValueTask<bool> RevokeSessionAsync(PoolId pool, Sub sub, string sessionId, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update token_families
            set revoked_at = @now
            where pool_id = @pool_id and sub = @sub and session_id = @session_id and revoked_at is null and expires_at > @now
            returning id
            """)
        .Time("now", now)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("session_id", sessionId)
        .AnyAsync(ct);
}
