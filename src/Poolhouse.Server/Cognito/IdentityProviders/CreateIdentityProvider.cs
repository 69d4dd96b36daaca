using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>Lets users of another provider in at the OAuth endpoints. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html</summary>
internal sealed class CreateIdentityProvider(PoolDocuments documents, Resources resources)
    : IOperation<CreateIdentityProviderRequest, CreateIdentityProviderResponse>
{
    // Quota of Cognito: identity providers per user pool.
    private const int Most = 300;

    public async ValueTask<CreateIdentityProviderResponse> HandleAsync(CreateIdentityProviderRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var type = request.ProviderType!;
        ProviderReading.DemandName(request.ProviderName!, type);
        ProviderReading.RefuseAcrMapping(request.AcrMapping);
        var (details, secret) = ProviderReading.Details(type, request.ProviderDetails!);
        var identifiers = (request.IdpIdentifiers ?? []).Distinct(StringComparer.Ordinal).ToList();
        var provider = new IdentityProvider(type, details, ProviderReading.Mapping(pool, type, request.AttributeMapping), identifiers);
        var document = PoolDocuments.New(DocumentTypes.IdentityProvider, request.UserPoolId!, request.ProviderName!, provider, call.Now) with { Secret = secret };
        return await documents.CreateAsync(document, identifiers, (Most, "identity providers"), ct) switch
        {
            SaveDocumentOutcome.Saved => new CreateIdentityProviderResponse { IdentityProvider = ProviderMapping.ToWire(document) },
            SaveDocumentOutcome.KeyTaken => throw CognitoException.DuplicateProvider($"Identity provider {request.ProviderName} already exists."),
            _ => throw ProviderMapping.IdentifierTaken(),
        };
    }
}
