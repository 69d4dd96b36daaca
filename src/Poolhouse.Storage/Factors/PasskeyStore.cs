using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Factors;

/// <summary>Passkeys. The words of how an authenticator is reached are kept with spaces between them.</summary>
internal sealed class PasskeyStore(DatabaseSession session) : IPasskeyStore
{
    public ValueTask<bool> CreateAsync(Passkey passkey, CancellationToken ct) => session
        .Statement(
            """
            insert into passkeys (
                pool_id, credential_id, sub, relying_party_id, public_key, sign_count, is_backup_eligible,
                friendly_name, attachment, transports, created_at)
            values (
                @pool_id, @credential_id, @sub, @relying_party_id, @public_key, @sign_count, @is_backup_eligible,
                @friendly_name, @attachment, @transports, @created_at)
            on conflict (pool_id, credential_id) do nothing
            returning credential_id
            """)
        .Text("pool_id", passkey.PoolId.Value)
        .Text("credential_id", passkey.Id)
        .Text("sub", passkey.Sub.Value)
        .Text("relying_party_id", passkey.RelyingPartyId)
        .Bytes("public_key", passkey.PublicKey)
        .Bigint("sign_count", passkey.SignCount)
        .Flag("is_backup_eligible", passkey.IsBackupEligible)
        .Text("friendly_name", passkey.FriendlyName)
        .Text("attachment", passkey.Attachment)
        .Text("transports", string.Join(' ', passkey.Transports))
        .Time("created_at", passkey.CreatedAt)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<Passkey>> ListAsync(PoolId pool, Sub sub, CancellationToken ct) => await session
        .Statement(
            """
            select credential_id, relying_party_id, public_key, sign_count, is_backup_eligible, friendly_name, attachment, transports, created_at
            from passkeys
            where pool_id = @pool_id and sub = @sub
            order by created_at, credential_id
            limit 100
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .ListAsync(
            row => new Passkey
            {
                PoolId = pool,
                Sub = sub,
                Id = row.GetString(0),
                RelyingPartyId = row.GetString(1),
                PublicKey = row.Bytes(2),
                SignCount = row.GetInt64(3),
                IsBackupEligible = row.GetBoolean(4),
                FriendlyName = row.GetString(5),
                Attachment = row.TextOrNull(6),
                Transports = row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                CreatedAt = row.Time(8),
            },
            ct);

    public ValueTask<bool> CountAsync(PoolId pool, Sub sub, string id, long signCount, CancellationToken ct) => session
        .Statement(
            """
            update passkeys
            set sign_count = @sign_count
            where pool_id = @pool_id and credential_id = @credential_id and sub = @sub
            and (sign_count < @sign_count or (sign_count = 0 and @sign_count = 0))
            returning credential_id
            """)
        .Bigint("sign_count", signCount)
        .Text("pool_id", pool.Value)
        .Text("credential_id", id)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    public ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, string id, CancellationToken ct) => session
        .Statement("delete from passkeys where pool_id = @pool_id and credential_id = @credential_id and sub = @sub returning credential_id")
        .Text("pool_id", pool.Value)
        .Text("credential_id", id)
        .Text("sub", sub.Value)
        .AnyAsync(ct);
}
