using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Keys;

/// <summary>Signing keys of services, sealed by who makes them.</summary>
internal sealed class ServiceKeyStore(DatabaseSession session) : IServiceKeyStore
{
    private const int MostPerService = 100;

    public ValueTask<bool> AddAsync(ServiceKeyRecord key, CancellationToken ct) => session
        .Statement(
            """
            insert into service_keys (kid, service, generation, sealed_private_key, signs_from)
            values (@kid, @service, @generation, @sealed_private_key, @signs_from)
            on conflict do nothing
            returning kid
            """)
        .Text("kid", key.Kid)
        .Text("service", key.Service)
        .Bigint("generation", key.Generation)
        .Bytes("sealed_private_key", key.SealedPrivateKey)
        .Time("signs_from", key.SignsFrom)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<ServiceKeyRecord>> ListAsync(string service, CancellationToken ct) => await session
        .Statement(
            """
            select kid, generation, sealed_private_key, signs_from
            from service_keys
            where service = @service
            order by generation desc
            limit @limit
            """)
        .Text("service", service)
        .Bigint("limit", MostPerService)
        .ListAsync(row => new ServiceKeyRecord(row.GetString(0), service, checked((int)row.GetInt64(1)), row.Bytes(2), row.Time(3)), ct);

    public ValueTask<int> RemoveReplacedAsync(string service, DateTimeOffset before, CancellationToken ct) => session
        .Statement(
            """
            delete from service_keys
            where service = @service
            and exists (
                select 1 from service_keys s
                where s.service = service_keys.service and s.generation > service_keys.generation and s.signs_from <= @before)
            """)
        .Text("service", service)
        .Time("before", before)
        .ExecuteAsync(ct);
}
