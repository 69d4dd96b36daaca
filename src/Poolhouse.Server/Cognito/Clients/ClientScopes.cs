using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>What a client that gets tokens for itself must have: a secret, and scopes that a resource server of the pool has.</summary>
internal static class ClientScopes
{
    private const string CognitoProvider = "COGNITO";

    // User guide, "Scopes, M2M, and resource servers": what every pool has.
    private static readonly string[] OwnScopes = ["openid", "email", "phone", "profile", TokenIssuer.UserScope];

    /// <summary>Refuses a client that could never get a token, or one for nothing, and providers that the pool doesn't have.</summary>
    public static async ValueTask DemandAsync(IStores stores, AppClient client, CancellationToken ct)
    {
        await DemandProvidersAsync(stores, client, ct);
        var settings = client.Settings;
        var isForItself = AuthFlowNames.Allowed(settings).HasFlag(AuthFlows.ClientToken) || settings.AllowedOAuthFlows?.Contains("client_credentials") == true;
        if (isForItself && !client.IsConfidential)
        {
            throw settings.AllowedOAuthFlows is null
                ? CognitoException.InvalidParameter("ALLOW_CLIENT_TOKEN_AUTH needs a client with a secret.")
                : CognitoException.InvalidOAuthFlow("client_credentials flow can not be selected if client does not have a client secret.");
        }

        if (settings.AllowedOAuthScopes is not { Count: > 0 } scopes) return;
        if (!isForItself && settings.AllowedOAuthFlows is null) return;
        var present = await ClientTokens.PresentAsync(stores, client.PoolId, ct);
        if (!isForItself) present.UnionWith(OwnScopes);
        if (scopes.FirstOrDefault(scope => !present.Contains(scope)) is { } unknown)
            throw CognitoException.ScopeDoesNotExist($"Invalid scope requested: {unknown}");
        if (!isForItself && scopes.Any(s => s is "email" or "phone" or "profile") && !scopes.Contains("openid"))
            throw CognitoException.InvalidOAuthFlow("The scopes email, phone and profile need openid.");
    }

    private static async ValueTask DemandProvidersAsync(IStores stores, AppClient client, CancellationToken ct)
    {
        foreach (var name in client.Settings.SupportedIdentityProviders ?? [])
        {
            if (name != CognitoProvider && await stores.Documents.FindAsync(client.PoolId, DocumentKind.IdentityProvider, name, ct) is null)
                throw CognitoException.InvalidParameter($"The provider {name} does not exist for User Pool {client.PoolId}.");
        }
    }
}
