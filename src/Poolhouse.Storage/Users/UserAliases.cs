using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>The names beside the username; the primary key makes each of them one user's.</summary>
internal sealed class UserAliases(DatabaseSession session)
{
    /// <summary>Takes the aliases; the attribute of one that another user holds, or null.</summary>
    public async ValueTask<string?> TakeAsync(User user, IEnumerable<Alias> aliases, CancellationToken ct)
    {
        // In one order everywhere, so that two users who swap names wait for each other instead of deadlocking.
        foreach (var alias in aliases.OrderBy(a => a.Attribute, StringComparer.Ordinal).ThenBy(a => a.NormalizedValue, StringComparer.Ordinal))
        {
            if (!await TakeAsync(user, alias, ct)) return alias.Attribute;
        }

        return null;
    }

    /// <summary>Makes these the aliases of the user; the attribute of one that another user holds, or null.</summary>
    public async ValueTask<string?> ReplaceAsync(User user, IReadOnlyList<Alias> aliases, CancellationToken ct)
    {
        var held = await session
            .Statement("select attribute, value from user_aliases where pool_id = @pool_id and sub = @sub")
            .Text("pool_id", user.PoolId.Value)
            .Text("sub", user.Sub.Value)
            .ListAsync(static row => (Attribute: row.GetString(0), Value: row.GetString(1)), ct);
        var wanted = aliases.ToDictionary(alias => (alias.Attribute, Value: IndexedText.Whole(alias.NormalizedValue)));

        foreach (var (attribute, value) in held)
        {
            if (!wanted.Remove((attribute, value))) await DropAsync(user, attribute, value, ct);
        }

        return await TakeAsync(user, wanted.Values, ct);
    }

    /// <summary>Who holds an alias, or null.</summary>
    public async ValueTask<Sub?> FindHolderAsync(PoolId pool, string attribute, string normalizedValue, CancellationToken ct) => await session
        .Statement(
            """
            select sub
            from user_aliases
            where pool_id = @pool_id and attribute = @attribute and value = @value
            """)
        .Text("pool_id", pool.Value)
        .Text("attribute", attribute)
        .Text("value", IndexedText.Whole(normalizedValue))
        .FindAsync(static row => (Sub?)new Sub(row.GetString(0)), ct);

    private ValueTask<bool> TakeAsync(User user, Alias alias, CancellationToken ct) => session
        .Statement(
            """
            insert into user_aliases (pool_id, attribute, value, sub)
            values (@pool_id, @attribute, @value, @sub)
            on conflict (pool_id, attribute, value) do update
            set sub = excluded.sub
            where @may_move or user_aliases.sub = excluded.sub
            returning sub
            """)
        .Text("pool_id", user.PoolId.Value)
        .Text("attribute", alias.Attribute)
        .Text("value", IndexedText.Whole(alias.NormalizedValue))
        .Text("sub", user.Sub.Value)
        .Flag("may_move", alias.MayMove)
        .AnyAsync(ct);

    private ValueTask<int> DropAsync(User user, string attribute, string value, CancellationToken ct) => session
        .Statement(
            """
            delete from user_aliases
            where pool_id = @pool_id and attribute = @attribute and value = @value and sub = @sub
            """)
        .Text("pool_id", user.PoolId.Value)
        .Text("attribute", attribute)
        .Text("value", value)
        .Text("sub", user.Sub.Value)
        .ExecuteAsync(ct);
}
