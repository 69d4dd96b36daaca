using Microsoft.AspNetCore.WebUtilities;
using Poolhouse.Core.Clients;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>The addresses of a client of the OAuth endpoints. API_CreateUserPoolClient, CallbackURLs, LogoutURLs and DefaultRedirectURI.</summary>
internal static class ClientAddresses
{
    // Schemes that browsers run or read where they should go.
    private static readonly HashSet<string> Dangerous = new(StringComparer.OrdinalIgnoreCase) { "about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "ws", "wss" };

    private static readonly HashSet<string> Answered =
        new(StringComparer.OrdinalIgnoreCase) { "access_token", "code", "error", "error_description", "id_token", "state" };

    /// <summary>As given, without doubles; null for none.</summary>
    public static IReadOnlyList<string>? Read(IReadOnlyList<string>? given) => given is { Count: > 0 } ? [.. given.Distinct(StringComparer.Ordinal)] : null;

    /// <summary>Refuses addresses to which no browser may be sent, and flows that could never end.</summary>
    public static void Demand(ClientSettings settings)
    {
        foreach (var address in (settings.CallbackUrls ?? []).Concat(settings.LogoutUrls ?? []))
            if (!IsAllowed(address)) throw CognitoException.InvalidParameter($"{address} is not allowed: a redirect URI is absolute, without fragment, and HTTPS but for localhost and schemes of apps.");
        if (settings.DefaultRedirectUri is { } main && settings.CallbackUrls?.Contains(main) != true)
            throw CognitoException.InvalidParameter("DefaultRedirectURI must be in the list of CallbackURLs.");
        var flows = settings.AllowedOAuthFlows ?? [];
        if (flows.Contains("client_credentials") && flows.Count > 1)
            throw CognitoException.InvalidOAuthFlow("client_credentials flow can not be selected along with code flow or implicit flow.");
        if (settings.UsesOAuth && (flows.Count == 0 || settings.AllowedOAuthScopes is not { Count: > 0 }))
            throw CognitoException.InvalidOAuthFlow("AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.");
        if (settings.UsesOAuth && !flows.Contains("client_credentials") && settings.CallbackUrls is null)
            throw CognitoException.InvalidOAuthFlow("CallbackURLs are required for the flows code and implicit.");
    }

    // User guide, "App client settings": HTTPS, HTTP on the own machine for tests, and apps' schemes such as myapp://.
    private static bool IsAllowed(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || address.Contains('#', StringComparison.Ordinal) || !address.Contains(':', StringComparison.Ordinal)) return false;
        // A name before an @ looks like the host, and a parameter of the answer would stand there twice.
        if (uri.UserInfo.Length > 0 || QueryHelpers.ParseQuery(uri.Query).Keys.Any(Answered.Contains)) return false;
        if (uri.Scheme == Uri.UriSchemeHttps) return true;
        return uri.Scheme == Uri.UriSchemeHttp ? uri.IsLoopback : !Dangerous.Contains(uri.Scheme);
    }
}
