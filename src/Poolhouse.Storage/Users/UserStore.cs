using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Storage.Sessions;

namespace Poolhouse.Storage.Users;

/// <summary>Users and the names they sign in with.</summary>
internal sealed class UserStore(DatabaseSession session) : IUserStore
{
    private readonly UserAliases aliases = new(session);
    private readonly UserSearch search = new(session);

    public ValueTask<User?> FindAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement(
            $"""
            select {UserRow.Columns}
            from users u
            where u.pool_id = @pool_id and u.sub = @sub
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(UserRow.Read, ct);

    // The order of the aliases decides where the same text is two of them: a verified address wins over a preferred name,
    // which anybody may pick.
    public ValueTask<User?> FindByNameAsync(PoolId pool, string normalizedName, CancellationToken ct) => session
        .Statement(
            $"""
            select {UserRow.Columns}
            from users u
            where u.pool_id = @pool_id
            and u.sub = coalesce(
                (select n.sub from users n where n.pool_id = @pool_id and n.normalized_username = @name),
                (select a.sub from user_aliases a
                 where a.pool_id = @pool_id
                 and a.attribute in ('email', 'phone_number', 'preferred_username')
                 and a.value = @alias
                 order by a.attribute
                 limit 1))
            """)
        .Text("pool_id", pool.Value)
        .Text("name", normalizedName)
        .Text("alias", IndexedText.Whole(normalizedName))
        .FindAsync(UserRow.Read, ct);

    public async ValueTask<(User? User, TokenFamily? Family)> FindWithFamilyAsync(
        PoolId pool, Sub sub, string familyId, CancellationToken ct) => await session
        .Statement(
            $"""
            select {UserRow.Columns}, {FamilyRow.Columns}
            from users u
            left join token_families f on f.id = @family_id and f.pool_id = u.pool_id and f.sub = u.sub
            where u.pool_id = @pool_id and u.sub = @sub
            """)
        .Text("family_id", familyId)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(
            static row => (
                (User?)UserRow.Read(row),
                row.IsDBNull(UserRow.Count) ? null : FamilyRow.Read(row, UserRow.Count)),
            ct);

    public ValueTask<CallerVersion> FindVersionAsync(PoolId pool, Sub sub, string familyId, CancellationToken ct) => session
        .Statement(
            """
            select u.version, u.modified_at, f.id is not null
            from users u
            left join token_families f on f.id = @family_id and f.pool_id = u.pool_id and f.sub = u.sub and f.revoked_at is null
            where u.pool_id = @pool_id and u.sub = @sub
            """)
        .Text("family_id", familyId)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(static row => new CallerVersion(row.GetInt64(0), row.Time(1), row.GetBoolean(2)), ct);

    // A family's foreign key says that its user exists.
    public async ValueTask<(User? User, TokenFamily? Family)> FindOfFamilyAsync(string familyId, CancellationToken ct) => await session
        .Statement(
            $"""
            select {UserRow.Columns}, {FamilyRow.Columns}
            from token_families f
            join users u on u.pool_id = f.pool_id and u.sub = f.sub
            where f.id = @family_id
            """)
        .Text("family_id", familyId)
        .FindAsync(static row => ((User?)UserRow.Read(row), (TokenFamily?)FamilyRow.Read(row, UserRow.Count)), ct);

    public async ValueTask<SaveUserOutcome> CreateAsync(
        User user, string normalizedUsername, IReadOnlyList<Alias> aliases, CancellationToken ct)
    {
        var isAdded = await session
            .Statement(
                """
                insert into users (
                    status, is_enabled, attributes, password_hash, srp_salt, srp_verifier, password_history,
                    temporary_password_expires_at, mfa, sessions_ended_at, modified_at, pool_id, sub, username, normalized_username, created_at, version)
                values (
                    @status, @is_enabled, @attributes, @password_hash, @srp_salt, @srp_verifier, @password_history,
                    @temporary_password_expires_at, @mfa, @sessions_ended_at, @modified_at, @pool_id, @sub, @username, @normalized_username, @created_at, @version)
                on conflict do nothing
                returning sub
                """)
            .Changeable(user)
            .Text("pool_id", user.PoolId.Value)
            .Text("sub", user.Sub.Value)
            .Text("username", user.Username)
            .Text("normalized_username", normalizedUsername)
            .Time("created_at", user.CreatedAt)
            .Bigint("version", user.Version)
            .AnyAsync(ct);
        if (!isAdded) return new SaveUserOutcome.UsernameTaken();

        if (await this.aliases.TakeAsync(user, aliases, ct) is { } taken) return new SaveUserOutcome.AliasTaken(taken);
        await search.AddAsync(user, ct);
        return new SaveUserOutcome.Saved();
    }

    public async ValueTask<SaveUserOutcome> UpdateAsync(User user, IReadOnlyList<Alias> aliases, CancellationToken ct)
    {
        // First, because it also locks the user: what follows cannot interleave with another change of it.
        var isChanged = await session
            .Statement(
                """
                update users
                set status = @status, is_enabled = @is_enabled, attributes = @attributes, password_hash = @password_hash,
                    srp_salt = @srp_salt, srp_verifier = @srp_verifier, password_history = @password_history,
                    temporary_password_expires_at = @temporary_password_expires_at, mfa = @mfa, sessions_ended_at = @sessions_ended_at,
                    modified_at = @modified_at,
                    version = version + 1
                where pool_id = @pool_id and sub = @sub and version = @version
                returning sub
                """)
            .Changeable(user)
            .Text("pool_id", user.PoolId.Value)
            .Text("sub", user.Sub.Value)
            .Bigint("version", user.Version)
            .AnyAsync(ct);
        if (!isChanged) return new SaveUserOutcome.Stale();

        if (await this.aliases.ReplaceAsync(user, aliases, ct) is { } taken) return new SaveUserOutcome.AliasTaken(taken);
        await search.ReplaceAsync(user, ct);
        return new SaveUserOutcome.Saved();
    }

    public ValueTask<Sub?> FindAliasHolderAsync(PoolId pool, string attribute, string normalizedValue, CancellationToken ct) =>
        aliases.FindHolderAsync(pool, attribute, normalizedValue, ct);

    public ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement("delete from users where pool_id = @pool_id and sub = @sub returning sub")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    public ValueTask<Page<User>> ListAsync(PoolId pool, UserFilter? filter, int limit, string? after, CancellationToken ct) =>
        new UserList(session, pool, limit, after).ReadAsync(filter, ct);

    public ValueTask<long> EstimateCountAsync(PoolId pool, CancellationToken ct) => EstimateCountAsync(pool, UserCount.Counted, ct);

    /// <summary>The same with another number up to which users are counted.</summary>
    internal ValueTask<long> EstimateCountAsync(PoolId pool, int counted, CancellationToken ct) =>
        new UserCount(session, counted).EstimateAsync(pool, ct);
}
