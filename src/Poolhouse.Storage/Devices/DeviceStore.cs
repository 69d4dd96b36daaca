using System.Data.Common;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Devices;

/// <summary>Devices of users.</summary>
internal sealed class DeviceStore(DatabaseSession session) : IDeviceStore
{
    private const string Columns =
        "d.pool_id, d.sub, d.key, d.name, d.salt, d.sealed_verifier, d.is_remembered, d.last_address, d.session, d.created_at, d.modified_at, d.authenticated_at";

    // More than there can be beyond the most, since each that is added removes one.
    private const long TrimmedAtOnce = 1000;

    // Locks the sign-in, whose device ForgetDevice takes away before it removes the device.
    public ValueTask<bool> CreateAsync(Device device, string familyId, CancellationToken ct) => session
        .Statement(
            """
            insert into devices (
                pool_id, sub, key, name, salt, sealed_verifier, is_remembered, last_address, created_at, modified_at, authenticated_at)
            select
                f.pool_id, f.sub, f.device_key, @name, @salt, @sealed_verifier, @is_remembered, @last_address, @created_at, @modified_at, @authenticated_at
            from token_families f
            where f.id = @family_id and f.device_key = @key and f.pool_id = @pool_id and f.sub = @sub and f.revoked_at is null
            {locked}
            on conflict do nothing
            returning key
            """)
        .Text("name", device.Name)
        .Bytes("salt", device.Salt)
        .Bytes("sealed_verifier", device.SealedVerifier)
        .Flag("is_remembered", device.IsRemembered)
        .Text("last_address", device.LastAddress)
        .Time("created_at", device.CreatedAt)
        .Time("modified_at", device.ModifiedAt)
        .Time("authenticated_at", device.AuthenticatedAt)
        .Text("family_id", familyId)
        .Text("key", device.Key)
        .Text("pool_id", device.PoolId.Value)
        .Text("sub", device.Sub.Value)
        .AnyAsync(ct);

    public async ValueTask TrimAsync(PoolId pool, Sub sub, int most, CancellationToken ct) => await session
        .Statement(
            """
            delete from devices
            where pool_id = @pool_id and sub = @sub
            and key in (
                select d.key
                from devices d
                where d.pool_id = @pool_id and d.sub = @sub
                order by d.authenticated_at desc, d.created_at desc, d.key
                limit @limit offset @most)
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Bigint("limit", TrimmedAtOnce)
        .Bigint("most", most)
        .ExecuteAsync(ct);

    public ValueTask<Device?> FindAsync(PoolId pool, Sub sub, string key, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from devices d
            where d.pool_id = @pool_id and d.sub = @sub and d.key = @key
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("key", key)
        .FindAsync(Read, ct);

    public async ValueTask<Page<Device>> ListAsync(PoolId pool, Sub sub, bool onlyRemembered, int limit, string? after, CancellationToken ct)
    {
        // Reads all of the user's devices at worst, which the limit keeps few.
        var devices = await session
            .Statement(
                $"""
                select {Columns}
                from devices d
                where d.pool_id = @pool_id and d.sub = @sub and d.key > @after
                and (d.is_remembered or not @only_remembered)
                order by d.key
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .Text("after", after ?? "")
            .Flag("only_remembered", onlyRemembered)
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(devices, limit, device => device.Key);
    }

    public ValueTask<bool> RememberAsync(PoolId pool, Sub sub, string key, bool isRemembered, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update devices
            set is_remembered = @is_remembered, modified_at = @now
            where pool_id = @pool_id and sub = @sub and key = @key
            returning key
            """)
        .Flag("is_remembered", isRemembered)
        .Time("now", now)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("key", key)
        .AnyAsync(ct);

    public async ValueTask AskAsync(PoolId pool, Sub sub, string key, string waiting, CancellationToken ct) => await session
        .Statement("update devices set session = @session where pool_id = @pool_id and sub = @sub and key = @key")
        .Text("session", waiting)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("key", key)
        .ExecuteAsync(ct);

    public ValueTask<bool> UseAsync(
        PoolId pool, Sub sub, string key, bool mustBeRemembered, string? address, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update devices
            set session = null, last_address = coalesce(@address, last_address), authenticated_at = @now, modified_at = @now
            where pool_id = @pool_id and sub = @sub and key = @key
            and (is_remembered or not @must_be_remembered)
            returning key
            """)
        .Text("address", address)
        .Time("now", now)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("key", key)
        .Flag("must_be_remembered", mustBeRemembered)
        .AnyAsync(ct);

    public ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, string key, CancellationToken ct) => session
        .Statement("delete from devices where pool_id = @pool_id and sub = @sub and key = @key returning key")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("key", key)
        .AnyAsync(ct);

    private static Device Read(DbDataReader row) => new()
    {
        PoolId = new PoolId(row.GetString(0)),
        Sub = new Sub(row.GetString(1)),
        Key = row.GetString(2),
        Name = row.TextOrNull(3),
        Salt = row.Bytes(4),
        SealedVerifier = row.Bytes(5),
        IsRemembered = row.GetBoolean(6),
        LastAddress = row.TextOrNull(7),
        Session = row.TextOrNull(8),
        CreatedAt = row.Time(9),
        ModifiedAt = row.Time(10),
        AuthenticatedAt = row.Time(11),
    };
}
