using Poolhouse.Core.Clients;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>From a client to API_UserPoolClientType. What was never set is omitted, but for the defaults that Cognito shows.</summary>
internal static class ClientMapping
{
    /// <summary>A client with its secret, of two the older, for administrators.</summary>
    public static UserPoolClientType ToWire(AppClient client)
    {
        var settings = client.Settings;
        return new UserPoolClientType
        {
            UserPoolId = client.PoolId.Value,
            ClientName = client.Name,
            ClientId = client.Id.Value,
            ClientSecret = client.IsConfidential ? client.Secrets[0].Value.Reveal() : null,
            LastModifiedDate = client.ModifiedAt,
            CreationDate = client.CreatedAt,
            RefreshTokenValidity = settings.RefreshTokenValidity,
            AccessTokenValidity = settings.AccessTokenValidity,
            IdTokenValidity = settings.IdTokenValidity,
            TokenValidityUnits = new TokenValidityUnitsType
            {
                AccessToken = settings.Units.AccessToken,
                IdToken = settings.Units.IdToken,
                RefreshToken = settings.Units.RefreshToken,
            },
            ReadAttributes = settings.ReadAttributes,
            WriteAttributes = settings.WriteAttributes,
            ExplicitAuthFlows = settings.ExplicitAuthFlows,
            SupportedIdentityProviders = settings.SupportedIdentityProviders,
            AllowedOAuthScopes = settings.AllowedOAuthScopes,
            AllowedOAuthFlows = settings.AllowedOAuthFlows,
            AllowedOAuthFlowsUserPoolClient = settings.UsesOAuth,
            CallbackURLs = settings.CallbackUrls,
            LogoutURLs = settings.LogoutUrls,
            DefaultRedirectURI = settings.DefaultRedirectUri,
            PreventUserExistenceErrors = settings.PreventUserExistenceErrors,
            EnableTokenRevocation = settings.EnableTokenRevocation,
            EnablePropagateAdditionalUserContextData = settings.PropagatesUserContext,
            AuthSessionValidity = settings.AuthSessionValidity,
            RefreshTokenRotation = settings.Rotation is { } rotation
                ? new RefreshTokenRotationType
                {
                    Feature = rotation.IsEnabled ? "ENABLED" : "DISABLED",
                    RetryGracePeriodSeconds = rotation.GraceSeconds,
                }
                : null,
        };
    }

    /// <summary>A client as ListUserPoolClients answers it.</summary>
    public static UserPoolClientDescription Listed(AppClient client) => new()
    {
        ClientId = client.Id.Value,
        UserPoolId = client.PoolId.Value,
        ClientName = client.Name,
    };

    /// <summary>A secret without its value, which is told once at most. API_ClientSecretDescriptorType.</summary>
    public static ClientSecretDescriptorType ToWire(ClientSecret secret) => new()
    {
        ClientSecretId = secret.Id,
        ClientSecretCreateDate = secret.CreatedAt,
    };
}
