using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Cognito.Domains;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ClassicPages;

/// <summary>Whose pages are customized.</summary>
internal static class PageOwners
{
    /// <summary>Refuses a client that isn't there, and a pool without a domain, which has no pages (observed for both calls).</summary>
    public static async ValueTask DemandAsync(IStores stores, UserPool pool, string client, CancellationToken ct)
    {
        if (client != CustomizationMapping.AllClients) await ConfigurationChanges.ClientAsync(stores, pool, client, ct);
        if (await stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Domain, DomainMapping.Prefix, ct) is null
            && await stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Domain, DomainMapping.Custom, ct) is null)
            throw CognitoException.InvalidParameter("There has to be an existing domain associated with this user pool");
    }
}
