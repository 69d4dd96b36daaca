using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Identities;

/// <summary>
/// Which identity a call is about, and what it links on the way (developer guide, "Switching unauthenticated users to authenticated
/// users" and "External identity providers"; API_GetId). One login is one identity's; the database decides between calls at once.
/// </summary>
public sealed class IdentityLinks(IDatabase database, IRandom random)
{
    // A lost round means that somebody else linked the same login, which the next round finds.
    private const int MaximumRounds = 16;

    /// <summary>The identity of these logins, made where they are nobody's; a new guest where there are none.</summary>
    public async ValueTask<IdentityOutcome<Identity>> FindOrCreateAsync(
        IdentityPool pool, IReadOnlyList<ProvenLogin> logins, DateTimeOffset now, CancellationToken ct)
    {
        if (logins.OfType<ProvenLogin.Itself>().FirstOrDefault() is { } itself) return await ResolveAsync(pool, itself.Id, logins, now, ct);
        var people = People(logins);
        if (people.Count == 0)
        {
            if (!pool.Settings.AllowsGuests) return new IdentityRefusal.GuestsNotAllowed();
            var guest = New(pool, isGuest: true, now);
            await database.WriteAsync(async unit =>
            {
                await unit.Identities.CreateAsync(guest, ct);
                return true;
            }, ct);
            return guest;
        }

        for (var round = 0; round < MaximumRounds; round++)
        {
            if (await database.ReadAsync(stores => KnownAsync(stores, pool, people, ct), ct) is { } known) return known;
            var fresh = New(pool, isGuest: false, now);
            var outcome = await database.WriteAsync<IdentityOutcome<Identity>?>(async unit =>
            {
                var holders = await HoldersAsync(unit, pool, people, ct);
                if (holders.Count > 1) return new IdentityRefusal.LoginsConflict();
                if (holders.Count == 0) await unit.Identities.CreateAsync(fresh, ct);
                var identity = holders.Count == 0 ? fresh : await unit.Identities.LockAsync(holders[0], ct);
                return identity is null ? null : await LinkAsync(unit, identity, people, now, ct);
            }, ct);
            if (outcome is { } decided) return decided;
        }

        return new IdentityRefusal.ConcurrentChange();
    }

    /// <summary>
    /// The identity that a call names, if the logins entitle to it. Logins that are nobody's are linked to it; a guest whose login is
    /// another identity's becomes that one.
    /// </summary>
    public async ValueTask<IdentityOutcome<Identity>> ResolveAsync(
        IdentityPool pool, IdentityId id, IReadOnlyList<ProvenLogin> logins, DateTimeOffset now, CancellationToken ct)
    {
        var found = await database.ReadAsync(stores => stores.Identities.FindAsync(id, ct), ct);
        if (found is not { IsEnabled: true } || found.PoolId != pool.Id) return new IdentityRefusal.IdentityNotFound(id);
        if (logins.Count == 0)
        {
            if (!found.IsGuest) return new IdentityRefusal.Forbidden(id);
            return pool.Settings.AllowsGuests ? found : new IdentityRefusal.GuestsNotAllowed();
        }

        var people = People(logins);
        if (logins.OfType<ProvenLogin.Itself>().Any(i => i.Id != id)) return new IdentityRefusal.LoginsDoNotMatch();
        var isProven = logins.OfType<ProvenLogin.Itself>().Any();
        if (IsSettled(found, people, isProven)) return found;
        for (var round = 0; round < MaximumRounds; round++)
        {
            var outcome = await database.WriteAsync<IdentityOutcome<Identity>?>(async unit =>
            {
                if (await unit.Identities.LockAsync(id, ct) is not { IsEnabled: true } identity) return new IdentityRefusal.IdentityNotFound(id);
                return identity.IsGuest
                    ? await UpgradeAsync(unit, pool, identity, people, isProven, now, ct)
                    : await ExtendAsync(unit, pool, identity, people, isProven, now, ct);
            }, ct);
            if (outcome is { } decided) return decided;
        }

        return new IdentityRefusal.ConcurrentChange();
    }

    // Nothing to link, and entitled: no write.
    private static bool IsSettled(Identity identity, List<ProvenLogin.Person> people, bool isProven) =>
        identity is { IsGuest: false, Logins.Count: > 0 } && (isProven || people.Count > 0) && people.All(p => identity.Logins.Contains(p.Login));

    private static async ValueTask<IdentityOutcome<Identity>?> UpgradeAsync(
        IUnitOfWork unit, IdentityPool pool, Identity guest, List<ProvenLogin.Person> people, bool isProven, DateTimeOffset now, CancellationToken ct)
    {
        // The service's own tokens are never made for guests.
        if (isProven) return new IdentityRefusal.LoginsDoNotMatch();
        var holders = await HoldersAsync(unit, pool, people, ct);
        if (holders.Count > 1) return new IdentityRefusal.LoginsConflict();
        if (holders.Count == 0) return await LinkAsync(unit, guest with { IsGuest = false }, people, now, ct);
        if (await unit.Identities.LockAsync(holders[0], ct) is not { } holder) return null;
        await unit.Identities.UpdateAsync(guest with { IsEnabled = false, ModifiedAt = now }, ct);
        return await LinkAsync(unit, holder, people, now, ct);
    }

    private static async ValueTask<IdentityOutcome<Identity>?> ExtendAsync(
        IUnitOfWork unit, IdentityPool pool, Identity identity, List<ProvenLogin.Person> people, bool isProven, DateTimeOffset now, CancellationToken ct)
    {
        // An identity that lost its last login is out of reach, also for a token made before (API_UnlinkIdentity).
        if (identity.Logins.Count == 0 || !(isProven || people.Any(p => identity.Logins.Contains(p.Login)))) return new IdentityRefusal.LoginsDoNotMatch();
        var holders = await HoldersAsync(unit, pool, people, ct);
        if (holders.Any(h => h != identity.Id)) return new IdentityRefusal.LoginsConflict();
        return await LinkAsync(unit, identity, people, now, ct);
    }

    /// <summary>Links what is not linked yet; null, with nothing kept, where another call took a login meanwhile.</summary>
    private static async ValueTask<IdentityOutcome<Identity>?> LinkAsync(
        IUnitOfWork unit, Identity identity, List<ProvenLogin.Person> people, DateTimeOffset now, CancellationToken ct)
    {
        var logins = identity.Logins.ToList();
        foreach (var person in people)
        {
            if (logins.Contains(person.Login)) continue;
            // One login of each provider: DescribeIdentity answers their names only.
            if (logins.Any(l => l.Provider == person.Provider))
            {
                unit.Abandon();
                return new IdentityRefusal.LoginsConflict();
            }

            if (!await unit.Identities.LinkAsync(identity.PoolId, identity.Id, person.Login, ct))
            {
                unit.Abandon();
                return null;
            }

            logins.Add(person.Login);
        }

        var linked = identity with { Logins = logins, ModifiedAt = now };
        await unit.Identities.UpdateAsync(linked, ct);
        return linked;
    }

    private static async ValueTask<Identity?> KnownAsync(IStores stores, IdentityPool pool, List<ProvenLogin.Person> people, CancellationToken ct)
    {
        if (await stores.Identities.FindHolderAsync(pool.Id, people[0].Provider, people[0].Subject, ct) is not { } holder) return null;
        return await stores.Identities.FindAsync(holder, ct) is { } identity && IsSettled(identity, people, isProven: false) ? identity : null;
    }

    private static async ValueTask<List<IdentityId>> HoldersAsync(IStores stores, IdentityPool pool, List<ProvenLogin.Person> people, CancellationToken ct)
    {
        var holders = new List<IdentityId>();
        foreach (var person in people)
            if (await stores.Identities.FindHolderAsync(pool.Id, person.Provider, person.Subject, ct) is { } holder && !holders.Contains(holder)) holders.Add(holder);
        return holders;
    }

    // The two names of one user pool are one login. In one order everywhere, so that calls with the same logins don't deadlock.
    private static List<ProvenLogin.Person> People(IEnumerable<ProvenLogin> logins) =>
        [.. logins.OfType<ProvenLogin.Person>().DistinctBy(p => p.Login).OrderBy(p => p.Provider, StringComparer.Ordinal).ThenBy(p => p.Subject, StringComparer.Ordinal)];

    private Identity New(IdentityPool pool, bool isGuest, DateTimeOffset now) => new()
    {
        Id = new IdentityId($"{pool.Id.Region}:{random.UuidText()}"),
        PoolId = pool.Id,
        IsGuest = isGuest,
        CreatedAt = now,
        ModifiedAt = now,
    };
}
