using Poolhouse.Core.Clients;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>What a client that gets tokens for itself must have: a secret, and scopes that a resource server of the pool has.</summary>
internal static class ClientScopes
{
    /// <summary>Refuses a client that could never get a token, or one for nothing.</summary>
    public static async ValueTask DemandAsync(IStores stores, AppClient client, CancellationToken ct)
    {
        if (!AuthFlowNames.Allowed(client.Settings).HasFlag(AuthFlows.ClientToken)) return;
        if (!client.IsConfidential) throw CognitoException.InvalidParameter("ALLOW_CLIENT_TOKEN_AUTH needs a client with a secret.");
        if (client.Settings.AllowedOAuthScopes is not { Count: > 0 } scopes) return;
        var present = await ClientTokens.PresentAsync(stores, client.PoolId, ct);
        if (scopes.FirstOrDefault(scope => !present.Contains(scope)) is { } unknown)
            throw CognitoException.ScopeDoesNotExist($"Invalid scope requested: {unknown}");
    }
}
