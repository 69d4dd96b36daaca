using System.Data.Common;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Users;

namespace Poolhouse.Storage.Identities;

/// <summary>Identities and their logins.</summary>
internal sealed class IdentityStore(DatabaseSession session) : IIdentityStore
{
    // Developer users are limited when they are linked, other logins by the providers a pool can have; this bounds what is read.
    private const int MostLogins = 200;

    public async ValueTask CreateAsync(Identity identity, CancellationToken ct) => await session
        .Statement(
            """
            insert into identities (is_guest, is_enabled, modified_at, id, pool_id, created_at)
            values (@is_guest, @is_enabled, @modified_at, @id, @pool_id, @created_at)
            """)
        .Flag("is_guest", identity.IsGuest)
        .Flag("is_enabled", identity.IsEnabled)
        .Time("modified_at", identity.ModifiedAt)
        .Text("id", identity.Id.Value)
        .Text("pool_id", identity.PoolId.Value)
        .Time("created_at", identity.CreatedAt)
        .ExecuteAsync(ct);

    public async ValueTask<Identity?> FindAsync(IdentityId id, CancellationToken ct) => await WithLoginsAsync(
        await session
            .Statement("select id, pool_id, is_guest, is_enabled, created_at, modified_at from identities where id = @id")
            .Text("id", id.Value)
            .FindAsync(Read, ct),
        ct);

    public async ValueTask<Identity?> LockAsync(IdentityId id, CancellationToken ct) => await WithLoginsAsync(
        await session
            .Statement("select id, pool_id, is_guest, is_enabled, created_at, modified_at from identities where id = @id {locked}")
            .Text("id", id.Value)
            .FindAsync(Read, ct),
        ct);

    public async ValueTask UpdateAsync(Identity identity, CancellationToken ct) => await session
        .Statement(
            """
            update identities
            set is_guest = @is_guest, is_enabled = @is_enabled, modified_at = @modified_at
            where id = @id
            """)
        .Flag("is_guest", identity.IsGuest)
        .Flag("is_enabled", identity.IsEnabled)
        .Time("modified_at", identity.ModifiedAt)
        .Text("id", identity.Id.Value)
        .ExecuteAsync(ct);

    public ValueTask<bool> DeleteAsync(IdentityId id, CancellationToken ct) => session
        .Statement("delete from identities where id = @id returning id")
        .Text("id", id.Value)
        .AnyAsync(ct);

    public async ValueTask<Page<Identity>> ListAsync(IdentityPoolId pool, bool hidesDisabled, int limit, string? after, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                """
                select id, pool_id, is_guest, is_enabled, created_at, modified_at
                from identities
                where pool_id = @pool_id and id > @after and (is_enabled or not @hides_disabled)
                order by id
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("after", after ?? "")
            .Flag("hides_disabled", hidesDisabled)
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        var page = Paging.Cut(rows, limit, identity => identity.Id.Value);
        var identities = new List<Identity>(page.Items.Count);
        // One look each: a page has at most 60, and a join would page by logins instead of identities.
        foreach (var identity in page.Items) identities.Add((await WithLoginsAsync(identity, ct))!);
        return page with { Items = identities };
    }

    public async ValueTask<IdentityId?> FindHolderAsync(IdentityPoolId pool, string provider, string subject, CancellationToken ct)
    {
        var holder = await session
            .Statement("select identity_id from identity_logins where pool_id = @pool_id and provider = @provider and subject_key = @subject_key")
            .Text("pool_id", pool.Value)
            .Text("provider", provider)
            .Text("subject_key", IndexedText.Whole(subject))
            .FindAsync(static row => row.GetString(0), ct);
        return holder is null ? null : new IdentityId(holder);
    }

    public ValueTask<bool> LinkAsync(IdentityPoolId pool, IdentityId identity, IdentityLogin login, CancellationToken ct) => session
        .Statement(
            """
            insert into identity_logins (pool_id, provider, subject_key, subject, identity_id, is_developer)
            values (@pool_id, @provider, @subject_key, @subject, @identity_id, @is_developer)
            on conflict do nothing
            returning identity_id
            """)
        .Text("pool_id", pool.Value)
        .Text("provider", login.Provider)
        .Text("subject_key", IndexedText.Whole(login.Subject))
        .Text("subject", login.Subject)
        .Text("identity_id", identity.Value)
        .Flag("is_developer", login.IsDeveloper)
        .AnyAsync(ct);

    public ValueTask<bool> UnlinkAsync(IdentityPoolId pool, IdentityId identity, string provider, string subject, CancellationToken ct) => session
        .Statement(
            """
            delete from identity_logins
            where pool_id = @pool_id and provider = @provider and subject_key = @subject_key and identity_id = @identity_id
            returning identity_id
            """)
        .Text("pool_id", pool.Value)
        .Text("provider", provider)
        .Text("subject_key", IndexedText.Whole(subject))
        .Text("identity_id", identity.Value)
        .AnyAsync(ct);

    public async ValueTask MoveLoginsAsync(IdentityId source, IdentityId destination, CancellationToken ct) => await session
        .Statement("update identity_logins set identity_id = @destination where identity_id = @source")
        .Text("destination", destination.Value)
        .Text("source", source.Value)
        .ExecuteAsync(ct);

    public async ValueTask<Page<string>> ListDeveloperUsersAsync(IdentityId identity, int limit, string? after, CancellationToken ct)
    {
        var users = await session
            .Statement(
                """
                select subject, subject_key
                from identity_logins
                where identity_id = @identity_id and is_developer and subject_key > @after
                order by subject_key
                limit @limit
                """)
            .Text("identity_id", identity.Value)
            .Text("after", after ?? "")
            .Bigint("limit", limit + 1L)
            .ListAsync(static row => (Subject: row.GetString(0), Key: row.GetString(1)), ct);
        var page = Paging.Cut(users, limit, static user => user.Key);
        return new Page<string>([.. page.Items.Select(user => user.Subject)], page.Next);
    }

    private async ValueTask<Identity?> WithLoginsAsync(Identity? identity, CancellationToken ct)
    {
        if (identity is null || identity.IsGuest) return identity;
        var logins = await session
            .Statement(
                """
                select provider, subject, is_developer
                from identity_logins
                where identity_id = @identity_id
                order by provider, subject_key
                limit @limit
                """)
            .Text("identity_id", identity.Id.Value)
            .Bigint("limit", MostLogins)
            .ListAsync(static row => new IdentityLogin(row.GetString(0), row.GetString(1), row.GetBoolean(2)), ct);
        return identity with { Logins = logins };
    }

    private static Identity Read(DbDataReader row) => new()
    {
        Id = new IdentityId(row.GetString(0)),
        PoolId = new IdentityPoolId(row.GetString(1)),
        IsGuest = row.GetBoolean(2),
        IsEnabled = row.GetBoolean(3),
        CreatedAt = row.Time(4),
        ModifiedAt = row.Time(5),
    };
}
