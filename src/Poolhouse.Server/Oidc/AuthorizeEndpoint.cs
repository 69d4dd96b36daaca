using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Oidc.Providers;

namespace Poolhouse.Server.Oidc;

/// <summary>
/// <c>GET /oauth2/authorize</c> (RFC 6749 §4.1.1, §4.2.1; user guide, "Authorize endpoint"): checks what a client asks and sends the browser to the
/// identity provider that it names.
/// </summary>
internal sealed class AuthorizeEndpoint(IDatabase database, OAuthClients clients, ProviderClient providers, SealedFlow flow, Issuer issuer, IRandom random, TimeProvider clock)
{
    // Of a client's own state and nonce; what is sealed for the provider must fit into an address.
    private const int MostOpaque = 1_024;

    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = OAuthParameters.OfQuery(http.Request);
        // Until it is known whose address it is, nobody is sent there (RFC 6749 §4.1.2.1).
        if (query.Repeated is not null || await clients.FindAsync(query["client_id"], ct) is not var (client, pool)) return OAuthPages.Error(http);
        var redirectUri = query["redirect_uri"] ?? client.Settings.DefaultRedirectUri;
        if (redirectUri is null || client.Settings.CallbackUrls?.Contains(redirectUri) != true) return OAuthPages.Error(http);
        var state = query["state"];
        var isImplicit = query["response_type"] == "token";
        try
        {
            if (state?.Length > MostOpaque) throw OAuthException.InvalidRequest("state is too long.");
            var request = Read(query, client, redirectUri, state);
            var provider = await FindProviderAsync(query, client, pool, ct);
            return Results.Redirect(await AddressAsync(http, provider, request, ct));
        }
        catch (OAuthException problem)
        {
            return OAuthPages.ToClient(redirectUri, isImplicit, state, problem);
        }
    }

    private static AuthorizationRequest Read(OAuthParameters query, AppClient client, string redirectUri, string? state)
    {
        var settings = client.Settings;
        if (!settings.UsesOAuth) throw new OAuthException("unauthorized_client");
        var flow = query["response_type"] switch { "code" => "code", "token" => "implicit", _ => throw OAuthException.InvalidRequest() };
        if (settings.AllowedOAuthFlows?.Contains(flow) != true) throw new OAuthException("unauthorized_client");
        var allowed = settings.AllowedOAuthScopes ?? [];
        // User guide: a request without scopes asks for all of the client's.
        var scopes = query["scope"] is { } asked ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList() : [.. allowed];
        if (scopes.Count == 0 || !scopes.TrueForAll(allowed.Contains)) throw new OAuthException("invalid_scope");
        var nonce = query["nonce"];
        if (nonce?.Length > MostOpaque) throw OAuthException.InvalidRequest("nonce is too long.");
        var challenge = query["code_challenge"];
        // S256 and nothing else (observed): 43 characters of base64url.
        if (challenge is not null && (query["code_challenge_method"] != "S256" || challenge.Length != 43 || !Base64Url.IsValid(challenge)))
            throw OAuthException.InvalidRequest("code_challenge_method must be S256.");
        if (challenge is null && query["code_challenge_method"] is not null) throw OAuthException.InvalidRequest("code_challenge is missing.");
        return new AuthorizationRequest(client.Id.Value, redirectUri, query["response_type"]!, scopes, state, nonce, challenge);
    }

    private async ValueTask<ProviderDetails> FindProviderAsync(OAuthParameters query, AppClient client, UserPool pool, CancellationToken ct)
    {
        var supported = client.Settings.SupportedIdentityProviders ?? [];
        var document = await database.ReadAsync(
            async stores => query["identity_provider"] is { } name ? await stores.Documents.FindAsync(pool.Id, DocumentKind.IdentityProvider, name, ct)
                : query["idp_identifier"] is { } identifier ? await stores.Documents.FindByNameAsync(pool.Id, DocumentKind.IdentityProvider, identifier, ct)
                : supported is [var only] ? await stores.Documents.FindAsync(pool.Id, DocumentKind.IdentityProvider, only, ct)
                : throw OAuthException.InvalidRequest("Name the identity_provider: there is no page to choose one."),
            ct);
        if (document is null || !supported.Contains(document.Key)) throw OAuthException.InvalidRequest("The identity provider is not one of the client's.");
        var provider = ProviderDetails.Of(document);
        return provider.IsSpoken ? provider : throw OAuthException.InvalidRequest($"Sign-in by {provider.Type} is not supported.");
    }

    private async ValueTask<string> AddressAsync(HttpContext http, ProviderDetails provider, AuthorizationRequest request, CancellationToken ct)
    {
        var endpoints = await providers.FindEndpointsAsync(provider, ct);
        var state = new FederationState(
            random.UuidText(),
            request,
            provider.Name,
            Base64Url.EncodeToString(random.Bytes(32)),
            Base64Url.EncodeToString(random.Bytes(32)),
            BrowserCookie.Demand(http, random),
            (clock.GetUtcNow() + FederationState.Lifetime).ToUnixTimeMilliseconds());
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = ProviderSignIns.Callback(issuer),
            ["response_type"] = "code",
            ["scope"] = provider.Scopes,
            ["state"] = flow.Seal(state),
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.CodeVerifier))),
            ["code_challenge_method"] = "S256",
        };
        if (provider.HasIdTokens) query["nonce"] = state.Nonce;
        // Apple tells name and address by a form only.
        if (provider.Type == "SignInWithApple") query["response_mode"] = "form_post";
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(endpoints.Authorize, query);
    }
}
