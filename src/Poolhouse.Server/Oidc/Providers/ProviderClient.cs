using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Poolhouse.Core.Federation;
using Poolhouse.Server.Outbound;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Oidc.Providers;

/// <summary>Speaks to identity providers: OpenID Connect Core 1.0 §3.1, and OAuth 2.0 with an endpoint for the person's data.</summary>
internal sealed class ProviderClient(OutboundHttp http, ProviderTokens tokens, WallClock clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (ProviderEndpoints Endpoints, DateTimeOffset ReadAt)> _published = new(StringComparer.Ordinal);

    /// <summary>Where the provider is spoken to.</summary>
    /// <exception cref="OAuthException">It has not told, and can't be asked.</exception>
    public async ValueTask<ProviderEndpoints> FindEndpointsAsync(ProviderDetails provider, CancellationToken ct)
    {
        if (provider["authorize_url"] is { } authorize && provider["token_url"] is { } token)
            return new ProviderEndpoints(authorize, token, provider["attributes_url"], provider["jwks_uri"]);
        if (provider.Issuer is not { } issuer) throw Unusable(provider);
        var now = clock.Now;
        if (!_published.TryGetValue(issuer, out var known) || now - known.ReadAt > Freshness)
        {
            known = (await DiscoverAsync(provider, issuer, ct), now);
            _published[issuer] = known;
        }

        return known.Endpoints with
        {
            Authorize = provider["authorize_url"] ?? known.Endpoints.Authorize,
            Token = provider["token_url"] ?? known.Endpoints.Token,
            UserInfo = provider["attributes_url"] ?? known.Endpoints.UserInfo,
            Keys = provider["jwks_uri"],
        };
    }

    /// <summary>Who the person is, for the code that the provider sent.</summary>
    /// <exception cref="OAuthException">The provider did not answer, refused, or said what can't be believed.</exception>
    public async ValueTask<ProviderAnswer> RedeemAsync(ProviderDetails provider, FederationState state, string code, string callback, CancellationToken ct)
    {
        var endpoints = await FindEndpointsAsync(provider, ct);
        var response = await AskForTokensAsync(provider, endpoints, state, code, callback, ct);
        var access = response.GetValueOrDefault("access_token");
        if (provider.HasIdTokens)
        {
            var (subject, claims) = await tokens.VerifyAsync(provider, endpoints, response.GetValueOrDefault("id_token"), state.Nonce, ct);
            // Google's and Apple's ID tokens say all there is.
            var more = provider.Type == "OIDC" && endpoints.UserInfo is { } address && access is not null ? await AskForAttributesAsync(provider, address, access, ct) : null;
            // OpenID Connect Core 1.0 §5.3.2: the endpoint must speak of the same person.
            if (more is not null && more.GetValueOrDefault("sub") != subject) throw Failed(provider, "userInfo of another subject");
            return new ProviderAnswer(subject, provider.Issuer, response, claims, more);
        }

        if (endpoints.UserInfo is not { } attributes || access is null) throw Unusable(provider);
        var person = await AskForAttributesAsync(provider, WithFields(provider, attributes), access, ct);
        return person.GetValueOrDefault(provider.SubjectClaim) is { Length: > 0 and <= 255 } id
            ? new ProviderAnswer(id, Issuer: null, response, IdToken: null, person)
            : throw Failed(provider, "no id of the user");
    }

    private async ValueTask<ProviderEndpoints> DiscoverAsync(ProviderDetails provider, string issuer, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        var published = await SendAsync(provider, request, "configuration", ct);
        // Discovery 1.0 §4.3: the document must be the issuer's own.
        return published.GetValueOrDefault("issuer") == issuer
            && published.GetValueOrDefault("authorization_endpoint") is { } authorize && published.GetValueOrDefault("token_endpoint") is { } token
                ? new ProviderEndpoints(authorize, token, published.GetValueOrDefault("userinfo_endpoint"), Keys: null)
                : throw Unusable(provider);
    }

    private async ValueTask<Dictionary<string, string>> AskForTokensAsync(
        ProviderDetails provider, ProviderEndpoints endpoints, FederationState state, string code, string callback, CancellationToken ct)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["client_id"] = provider.ClientId,
            ["code_verifier"] = state.CodeVerifier,
        };
        var secret = provider.Type == "SignInWithApple" ? AppleSecret.Make(provider, clock.Now) ?? throw Unusable(provider) : provider.Secret;
        if (secret is not null) form["client_secret"] = secret;
        using var content = new FormUrlEncodedContent(form);
        using var request = provider.AsksForTokensByGet
            ? new HttpRequestMessage(HttpMethod.Get, Joined(endpoints.Token, await content.ReadAsStringAsync(ct)))
            : new HttpRequestMessage(HttpMethod.Post, endpoints.Token) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await SendAsync(provider, request, "token", ct);
    }

    private async ValueTask<Dictionary<string, string>> AskForAttributesAsync(ProviderDetails provider, string address, string accessToken, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(provider.AsksForAttributesByPost ? HttpMethod.Post : HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await SendAsync(provider, request, "userInfo", ct);
    }

    private async ValueTask<Dictionary<string, string>> SendAsync(ProviderDetails provider, HttpRequestMessage request, string what, CancellationToken ct)
    {
        // Observed for the token endpoint of an OpenID Connect provider.
        if (await http.SendAsync(request, ct) is not var (status, body)) throw OAuthException.InvalidRequest($"Timeout occurred in calling IdP {what} endpoint");
        if (status != StatusCodes.Status200OK) throw Failed(provider, $"{status} error getting {what}");
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? ProviderAnswer.Texts(json.RootElement) : throw Failed(provider, $"unreadable {what}");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Failed(provider, $"unreadable {what}");
        }
    }

    // attributes_url_add_attributes: the provider answers only the fields that are named.
    private static string WithFields(ProviderDetails provider, string address) => provider["attributes_url_add_attributes"] == "true"
        ? address + Uri.EscapeDataString(string.Join(',', provider.Provider.AttributeMapping.Values.Prepend(provider.SubjectClaim).Distinct(StringComparer.Ordinal)))
        : address;

    private static string Joined(string address, string query) => address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;

    private static OAuthException Unusable(ProviderDetails provider) => Failed(provider, "the provider's configuration cannot be used");

    private static OAuthException Failed(ProviderDetails provider, string what) => OAuthException.InvalidRequest($"{provider.Name} Error - {what}");
}
