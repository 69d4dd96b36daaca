using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Developers;

/// <summary>Who of the developer's users has an identity, or which identity a user has. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_LookupDeveloperIdentity.html</summary>
internal sealed class LookupDeveloperIdentity(IDatabase database, IdentityPoolChanges pools, DeveloperIdentities developers, PageTokens tokens)
    : IOperation<LookupDeveloperIdentityInput, LookupDeveloperIdentityResponse>
{
    private const int MostResults = 60;

    public async ValueTask<LookupDeveloperIdentityResponse> HandleAsync(LookupDeveloperIdentityInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        if (request is { IdentityId: null, DeveloperUserIdentifier: null })
            throw CognitoException.InvalidParameter("Either IdentityId or DeveloperUserIdentifier must be given.");

        var holder = request.DeveloperUserIdentifier is { } user
            ? await developers.FindAsync(pool, user, ct) ?? throw IdentityRefusals.Of(new IdentityRefusal.DeveloperUserNotFound())
            : new IdentityId(request.IdentityId!);
        var identity = await database.ReadAsync(stores => stores.Identities.FindAsync(holder, ct), ct);
        if (identity is null || identity.PoolId != pool.Id) throw IdentityRefusals.Of(new IdentityRefusal.IdentityNotFound(holder));
        if (request is { IdentityId: { } id, DeveloperUserIdentifier: { } asked })
        {
            return id == holder.Value
                ? new LookupDeveloperIdentityResponse { IdentityId = id, DeveloperUserIdentifierList = [asked] }
                : throw IdentityRefusals.Of(new IdentityRefusal.DeveloperUserConflict());
        }

        var after = tokens.Open(request.NextToken, nameof(LookupDeveloperIdentity), pool.Id.Value, holder.Value);
        var page = await database.ReadAsync(stores => stores.Identities.ListDeveloperUsersAsync(holder, request.MaxResults ?? MostResults, after, ct), ct);
        return new LookupDeveloperIdentityResponse
        {
            IdentityId = holder.Value,
            DeveloperUserIdentifierList = page.Items,
            NextToken = tokens.Seal(page.Next, nameof(LookupDeveloperIdentity), pool.Id.Value, holder.Value),
        };
    }
}
