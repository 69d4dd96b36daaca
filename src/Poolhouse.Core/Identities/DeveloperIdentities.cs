using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Identities;

/// <summary>Identities whose users a back end of the developer's knows (developer guide, "Developer-authenticated identities").</summary>
public sealed class DeveloperIdentities(IDatabase database, IdentityLinks links, IRandom random)
{
    // API_MergeDeveloperIdentities: at most 20 linked developer user identifiers.
    private const int MostUsers = 20;

    private const int MaximumRounds = 16;

    /// <summary>
    /// The identity of a developer's user, made where there is none. With <paramref name="wanted"/> the user is linked to that
    /// identity, whatever logins it has: who signs this call is trusted with that (API_GetOpenIdTokenForDeveloperIdentity).
    /// </summary>
    /// <param name="pool">The pool.</param>
    /// <param name="wanted">The identity that the user has to have, or null.</param>
    /// <param name="user">The developer user identifier.</param>
    /// <param name="logins">Logins of other providers, which are linked too.</param>
    /// <param name="now">The time of the call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<IdentityOutcome<Identity>> FindOrLinkAsync(
        IdentityPool pool, IdentityId? wanted, string user, IReadOnlyList<ProvenLogin> logins, DateTimeOffset now, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var fresh = New(pool, now);
            var outcome = await database.WriteAsync(unit => LinkAsync(unit, pool, fresh, wanted, user, now, ct), ct);
            if (outcome is not { } decided) continue;
            if (decided.Refusal is not null || logins.Count == 0) return decided;
            // The user's own identity is proven by the signature of this call; other logins may join it.
            var itself = new ProvenLogin.Itself(decided.Value.Id, new Dictionary<string, string>()) { Methods = [] };
            return await links.ResolveAsync(pool, decided.Value.Id, [itself, .. logins], now, ct);
        }

        return new IdentityRefusal.ConcurrentChange();
    }

    /// <summary>The identity of a developer's user, or null.</summary>
    public ValueTask<IdentityId?> FindAsync(IdentityPool pool, string user, CancellationToken ct) => pool.Settings.DeveloperProvider is { } provider
        ? database.ReadAsync(stores => stores.Identities.FindHolderAsync(pool.Id, provider, user, ct), ct)
        : ValueTask.FromResult<IdentityId?>(null);

    /// <summary>
    /// Makes two users one: the source's logins become the destination's, and the source's identity is disabled
    /// (API_MergeDeveloperIdentities).
    /// </summary>
    public async ValueTask<IdentityOutcome<IdentityId>> MergeAsync(
        IdentityPool pool, string provider, string source, string destination, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.Settings.DeveloperProvider != provider) return new IdentityRefusal.DeveloperProviderUnknown(provider);
        return await database.WriteAsync<IdentityOutcome<IdentityId>>(async unit =>
        {
            if (await unit.Identities.FindHolderAsync(pool.Id, provider, source, ct) is not { } from
                || await unit.Identities.FindHolderAsync(pool.Id, provider, destination, ct) is not { } to)
                return new IdentityRefusal.DeveloperUserNotFound();
            if (from == to) return to;

            // In one order, so that two merges the other way round wait for each other; then as they are now that nobody else changes them.
            var (first, second) = string.CompareOrdinal(from.Value, to.Value) < 0 ? (from, to) : (to, from);
            if (await unit.Identities.LockAsync(first, ct) is not { IsEnabled: true } a || await unit.Identities.LockAsync(second, ct) is not { IsEnabled: true } b)
                return new IdentityRefusal.ConcurrentChange();
            var (giver, taker) = a.Id == from ? (a, b) : (b, a);
            if (!Has(giver, provider, source) || !Has(taker, provider, destination)) return new IdentityRefusal.ConcurrentChange();
            if (giver.Logins.Any(g => !g.IsDeveloper && taker.Logins.Any(t => t.Provider == g.Provider))) return new IdentityRefusal.LoginsConflict();
            if (giver.Logins.Concat(taker.Logins).Count(l => l.IsDeveloper) > MostUsers) return new IdentityRefusal.TooManyDeveloperUsers();

            await unit.Identities.MoveLoginsAsync(from, to, ct);
            await unit.Identities.UpdateAsync(giver with { IsEnabled = false, ModifiedAt = now }, ct);
            await unit.Identities.UpdateAsync(taker with { ModifiedAt = now }, ct);
            return to;
        }, ct);
    }

    private static bool Has(Identity identity, string provider, string user) => identity.Logins.Contains(new IdentityLogin(provider, user, IsDeveloper: true));

    private static async ValueTask<IdentityOutcome<Identity>?> LinkAsync(
        IUnitOfWork unit, IdentityPool pool, Identity fresh, IdentityId? wanted, string user, DateTimeOffset now, CancellationToken ct)
    {
        var login = new IdentityLogin(pool.Settings.DeveloperProvider!, user, IsDeveloper: true);
        if (await unit.Identities.FindHolderAsync(pool.Id, login.Provider, user, ct) is { } holder)
        {
            if (wanted is { } other && other != holder) return new IdentityRefusal.DeveloperUserTaken();
            if (await unit.Identities.FindAsync(holder, ct) is { IsEnabled: true } known) return known;
            return null;
        }

        var identity = fresh;
        if (wanted is not { } id) await unit.Identities.CreateAsync(fresh, ct);
        else if (await unit.Identities.LockAsync(id, ct) is { IsEnabled: true } found && found.PoolId == pool.Id) identity = found;
        else return new IdentityRefusal.IdentityNotFound(id);
        if (identity.Logins.Count(l => l.IsDeveloper) >= MostUsers) return new IdentityRefusal.TooManyDeveloperUsers();
        if (!await unit.Identities.LinkAsync(pool.Id, identity.Id, login, ct))
        {
            unit.Abandon();
            return null;
        }

        var linked = identity with { IsGuest = false, ModifiedAt = now, Logins = [.. identity.Logins, login] };
        await unit.Identities.UpdateAsync(linked, ct);
        return linked;
    }

    private Identity New(IdentityPool pool, DateTimeOffset now) => new()
    {
        Id = new IdentityId($"{pool.Id.Region}:{random.UuidText()}"),
        PoolId = pool.Id,
        IsGuest = false,
        CreatedAt = now,
        ModifiedAt = now,
    };
}
