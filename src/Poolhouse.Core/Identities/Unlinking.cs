using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Identities;

/// <summary>Takes logins from identities. What is taken is nobody's, and becomes a new identity when it is next seen (API_UnlinkIdentity).</summary>
public sealed class Unlinking(IDatabase database, ProviderNames names)
{
    /// <summary>Unlinks the logins of these providers from an identity whose logins were proven; null when done.</summary>
    public async ValueTask<IdentityRefusal?> UnlinkAsync(
        IdentityPool pool, IdentityId id, IReadOnlyList<ProvenLogin> logins, IReadOnlyList<string> providers, DateTimeOffset now, CancellationToken ct)
    {
        var removed = providers.Select(names.Canonical).ToHashSet(StringComparer.Ordinal);
        return await database.WriteAsync<IdentityRefusal?>(async unit =>
        {
            if (await unit.Identities.LockAsync(id, ct) is not { IsEnabled: true } identity || identity.PoolId != pool.Id)
                return new IdentityRefusal.IdentityNotFound(id);
            // Every login that is sent has to be this identity's: nothing is linked on the way out.
            var isProven = logins.Count > 0 && identity.Logins.Count > 0 && logins.All(l => l switch
            {
                ProvenLogin.Itself itself => itself.Id == id,
                ProvenLogin.Person person => identity.Logins.Contains(person.Login),
                _ => false,
            });
            if (!isProven) return new IdentityRefusal.LoginsDoNotMatch();
            foreach (var login in identity.Logins.Where(l => !l.IsDeveloper && removed.Contains(l.Provider)))
                await unit.Identities.UnlinkAsync(pool.Id, id, login.Provider, login.Subject, ct);
            await unit.Identities.UpdateAsync(identity with { ModifiedAt = now }, ct);
            return null;
        }, ct);
    }

    /// <summary>Unlinks a developer user identifier; null when done.</summary>
    public async ValueTask<IdentityRefusal?> UnlinkDeveloperUserAsync(
        IdentityPool pool, IdentityId id, string provider, string user, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.Settings.DeveloperProvider != provider) return new IdentityRefusal.DeveloperProviderUnknown(provider);
        return await database.WriteAsync<IdentityRefusal?>(async unit =>
        {
            if (await unit.Identities.LockAsync(id, ct) is not { } identity || identity.PoolId != pool.Id) return new IdentityRefusal.IdentityNotFound(id);
            if (!await unit.Identities.UnlinkAsync(pool.Id, id, provider, user, ct)) return new IdentityRefusal.DeveloperUserNotFound();
            await unit.Identities.UpdateAsync(identity with { ModifiedAt = now }, ct);
            return null;
        }, ct);
    }
}
