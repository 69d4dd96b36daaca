using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>
/// Replaces what is given of a provider (details, mapping, identifiers) as a whole; a secret that is not sent stays.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html
/// </summary>
internal sealed class UpdateIdentityProvider(PoolDocuments documents) : IOperation<UpdateIdentityProviderRequest, UpdateIdentityProviderResponse>
{
    public async ValueTask<UpdateIdentityProviderResponse> HandleAsync(UpdateIdentityProviderRequest request, CallContext call, CancellationToken ct)
    {
        ProviderReading.RefuseAcrMapping(request.AcrMapping);
        var (outcome, document) = await documents.ChangeAsync(
            request.UserPoolId!,
            DocumentKind.IdentityProvider,
            request.ProviderName!,
            (pool, found) =>
            {
                var provider = DocumentTypes.IdentityProvider.Read(found);
                var secret = found.Secret;
                if (request.ProviderDetails is { } given)
                {
                    (var details, secret) = ProviderReading.Details(provider.Type, given, found.Secret);
                    provider = provider with { Details = details };
                }

                if (request.AttributeMapping is { } mapping)
                    provider = provider with { AttributeMapping = ProviderReading.Mapping(pool, provider.Type, mapping) };
                if (request.IdpIdentifiers is { } identifiers)
                    provider = provider with { Identifiers = [.. identifiers.Distinct(StringComparer.Ordinal)] };
                return (found with { Json = DocumentTypes.IdentityProvider.Write(provider), Secret = secret }, provider.Identifiers);
            },
            call.Now,
            ct);
        if (document is null) throw ProviderMapping.NotFound(request.ProviderName!);
        return outcome == SaveDocumentOutcome.Saved
            ? new UpdateIdentityProviderResponse { IdentityProvider = ProviderMapping.ToWire(document) }
            : throw ProviderMapping.IdentifierTaken();
    }
}
