using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ClassicPages;

/// <summary>Replaces CSS and logo for a client, or for all. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html</summary>
internal sealed class SetUICustomization(IDatabase database) : IOperation<SetUICustomizationRequest, SetUICustomizationResponse>
{
    public async ValueTask<SetUICustomizationResponse> HandleAsync(SetUICustomizationRequest request, CallContext call, CancellationToken ct)
    {
        var content = CustomizationMapping.Read(request.CSS, request.ImageFile);
        var client = request.ClientId ?? CustomizationMapping.AllClients;
        var document = await database.WriteAsync(async unit =>
        {
            var pool = await ConfigurationChanges.PoolAsync(unit, request.UserPoolId!, ct);
            await PageOwners.DemandAsync(unit, pool, client, ct);
            // One after the other is as good as at once: the last one stands.
            var found = await unit.Documents.FindAsync(pool.Id, DocumentKind.UiCustomization, client, ct);
            await unit.Documents.DeleteAsync(pool.Id, DocumentKind.UiCustomization, client, ct);
            var made = PoolDocuments.New(
                DocumentTypes.UiCustomization, pool.Id.Value, client, content, call.Now, client == CustomizationMapping.AllClients ? null : client);
            made = made with { CreatedAt = found?.CreatedAt ?? call.Now };
            return await unit.Documents.CreateAsync(made, [], ct) == SaveDocumentOutcome.Saved
                ? made
                : throw CognitoException.ConcurrentModification("The configuration was changed by other requests; please try again.");
        }, ct);
        return new SetUICustomizationResponse { UICustomization = CustomizationMapping.ToWire(document) };
    }
}
