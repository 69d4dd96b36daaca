using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>From identity providers to the wire.</summary>
internal static class ProviderMapping
{
    /// <summary>API_IdentityProviderType. A client secret is told, as Cognito does; a private key is not.</summary>
    public static IdentityProviderType ToWire(Document document)
    {
        var provider = DocumentTypes.IdentityProvider.Read(document);
        var details = new SortedDictionary<string, string>(provider.Details.ToDictionary(), StringComparer.Ordinal);
        if (document.Secret is { } secret && IdentityProvider.SecretName(provider.Type) is "client_secret") details["client_secret"] = secret.Reveal();
        return new IdentityProviderType
        {
            UserPoolId = document.PoolId.Value,
            ProviderName = document.Key,
            ProviderType = provider.Type,
            ProviderDetails = details,
            AttributeMapping = provider.AttributeMapping,
            IdpIdentifiers = provider.Identifiers,
            LastModifiedDate = document.ModifiedAt,
            CreationDate = document.CreatedAt,
        };
    }

    /// <summary>API_ProviderDescription.</summary>
    public static ProviderDescription Listed(Document document) => new()
    {
        ProviderName = document.Key,
        ProviderType = DocumentTypes.IdentityProvider.Read(document).Type,
        LastModifiedDate = document.ModifiedAt,
        CreationDate = document.CreatedAt,
    };

    /// <summary>The error for a provider that isn't there.</summary>
    public static CognitoException NotFound(string name) => CognitoException.ResourceNotFound($"Identity provider {name} does not exist.");

    /// <summary>The error for an identifier that another provider of the pool has.</summary>
    public static CognitoException IdentifierTaken() => CognitoException.DuplicateProvider("An identity provider with one of the identifiers already exists.");
}
