using System.Data.Common;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Clients;

/// <summary>App clients; the secrets are sealed together with the client's id as context.</summary>
internal sealed class ClientStore(DatabaseSession session, Sealer sealer, Action onChange) : IClientStore
{
    // Quota of Cognito: app clients per user pool.
    private const int MaxPerPool = 1000;

    private static readonly StoredDocument<ClientSettings> Document = new(StorageJson.Default.ClientSettings, new ClientSettings());

    public ValueTask<bool> CreateAsync(AppClient client, CancellationToken ct) => Changing()
        .Statement(
            """
            insert into clients (id, pool_id, name, sealed_secret, settings, created_at, modified_at)
            values (@id, @pool_id, @name, @sealed_secret, @settings, @created_at, @modified_at)
            on conflict do nothing
            returning id
            """)
        .Text("id", client.Id.Value)
        .Text("pool_id", client.PoolId.Value)
        .Text("name", client.Name)
        .Bytes("sealed_secret", Seal(client))
        .Text("settings", Document.Write(client.Settings))
        .Time("created_at", client.CreatedAt)
        .Time("modified_at", client.ModifiedAt)
        .AnyAsync(ct);

    public ValueTask<AppClient?> FindAsync(ClientId id, CancellationToken ct) => session
        .Statement(
            """
            select id, pool_id, name, sealed_secret, settings, created_at, modified_at
            from clients
            where id = @id
            """)
        .Text("id", id.Value)
        .FindAsync(Read, ct);

    public ValueTask<bool> UpdateAsync(AppClient client, DateTimeOffset expected, CancellationToken ct) => Changing()
        .Statement(
            """
            update clients
            set name = @name, sealed_secret = @sealed_secret, settings = @settings, modified_at = @modified_at
            where id = @id and modified_at = @expected
            returning id
            """)
        .Text("name", client.Name)
        .Bytes("sealed_secret", Seal(client))
        .Text("settings", Document.Write(client.Settings))
        .Time("modified_at", client.ModifiedAt)
        .Text("id", client.Id.Value)
        .Time("expected", expected)
        .AnyAsync(ct);

    public ValueTask<bool> DeleteAsync(ClientId id, CancellationToken ct) => Changing()
        .Statement("delete from clients where id = @id returning id")
        .Text("id", id.Value)
        .AnyAsync(ct);

    public async ValueTask<Page<AppClient>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct) =>
        Paging.Cut(await ListFromAsync(pool, limit + 1, after ?? "", ct), limit, client => client.Id.Value);

    public async ValueTask<IReadOnlyList<AppClient>> ListAllAsync(PoolId pool, CancellationToken ct) =>
        await ListFromAsync(pool, MaxPerPool, "", ct);

    private ValueTask<List<AppClient>> ListFromAsync(PoolId pool, int limit, string after, CancellationToken ct) => session
        .Statement(
            """
            select id, pool_id, name, sealed_secret, settings, created_at, modified_at
            from clients
            where pool_id = @pool_id and id > @after
            order by id
            limit @limit
            """)
        .Text("pool_id", pool.Value)
        .Text("after", after)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    private byte[]? Seal(AppClient client)
    {
        if (!client.IsConfidential) return null;
        var secrets = client.Secrets.Select(s => new StoredSecret(s.Id, s.Value.Reveal(), s.CreatedAt.ToUnixTimeMilliseconds())).ToList();
        return sealer.Seal(
            JsonSerializer.SerializeToUtf8Bytes(secrets, StorageJson.Default.ListStoredSecret), SealPurpose.ClientSecret, Encoding.UTF8.GetBytes(client.Id.Value));
    }

    private AppClient Read(DbDataReader row)
    {
        var id = row.GetString(0);
        return new AppClient
        {
            Id = new ClientId(id),
            PoolId = new PoolId(row.GetString(1)),
            Name = row.GetString(2),
            Secrets = Open(row.BytesOrNull(3), id, row.Time(5)),
            Settings = Document.Read(row.GetString(4)),
            CreatedAt = row.Time(5),
            ModifiedAt = row.Time(6),
        };
    }

    // A client whose secret cannot be opened must not turn into one without a secret, which anybody may use.
    private IReadOnlyList<ClientSecret> Open(byte[]? sealedSecrets, string id, DateTimeOffset clientCreatedAt)
    {
        if (sealedSecrets is null) return [];
        if (!sealer.TryOpen(sealedSecrets, SealPurpose.ClientSecret, Encoding.UTF8.GetBytes(id), out var clear))
            throw new InvalidOperationException($"The secret of client {id} cannot be opened. Is its master key still configured?");

        // Before a client could have two, the bare text was sealed; no secret begins like a list.
        if (clear is not [(byte)'[', ..]) return [new ClientSecret(id, new Secret(Encoding.UTF8.GetString(clear)), clientCreatedAt)];
        return
        [
            .. JsonSerializer.Deserialize(clear, StorageJson.Default.ListStoredSecret)!
                .Select(s => new ClientSecret(s.Id, new Secret(s.Value), DateTimeOffset.FromUnixTimeMilliseconds(s.CreatedAt))),
        ];
    }

    // A catalog somewhere remembers what is changed here.
    private DatabaseSession Changing()
    {
        onChange();
        return session;
    }
}
