using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ClassicPages;

/// <summary>CSS and logo of a client, or failing that of all; nothing where neither is set. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html</summary>
internal sealed class GetUICustomization(IDatabase database) : IOperation<GetUICustomizationRequest, GetUICustomizationResponse>
{
    public async ValueTask<GetUICustomizationResponse> HandleAsync(GetUICustomizationRequest request, CallContext call, CancellationToken ct)
    {
        var client = request.ClientId ?? CustomizationMapping.AllClients;
        var document = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            await PageOwners.DemandAsync(stores, pool, client, ct);
            return await stores.Documents.FindAsync(pool.Id, DocumentKind.UiCustomization, client, ct)
                ?? await stores.Documents.FindAsync(pool.Id, DocumentKind.UiCustomization, CustomizationMapping.AllClients, ct);
        }, ct);
        return new GetUICustomizationResponse { UICustomization = document is null ? new UICustomizationType() : CustomizationMapping.ToWire(document) };
    }
}
