using Poolhouse.Core.Clients;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Users;
using Poolhouse.Server.Oidc.Providers;

namespace Poolhouse.Server.Oidc;

/// <summary><c>GET</c> and <c>POST /oauth2/idpresponse</c>: a browser comes back from an identity provider (OpenID Connect Core 1.0 §3.1.2.5).</summary>
internal sealed class IdpResponseEndpoint(OAuthClients clients, ProviderSignIns providers, HostedSignIns signIns, SealedFlow flow, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var parameters = HttpMethods.IsPost(http.Request.Method) ? await ReadFormAsync(http.Request, ct) : OAuthParameters.OfQuery(http.Request);
        // What this server did not seal, or another browser began, leads nowhere: not even to the client with an error.
        if (parameters is not { Repeated: null } || flow.OpenState(parameters["state"]) is not { } state || !BrowserCookie.Is(http, state.Browser))
            return OAuthPages.Error(http);
        var request = state.Request;
        // Since then the client may be gone, or its address.
        if (await clients.FindAsync(request.ClientId, ct) is not var (client, pool) || client.Settings.CallbackUrls?.Contains(request.RedirectUri) != true)
            return OAuthPages.Error(http);
        var isImplicit = request.ResponseType == "token";
        try
        {
            var user = await providers.FinishAsync(parameters, state, client, pool, ct);
            return isImplicit ? await GiveTokensAsync(http, pool, client, user, request, ct) : GiveCode(request, user);
        }
        catch (OAuthException problem)
        {
            return OAuthPages.ToClient(request.RedirectUri, isImplicit, request.State, problem);
        }
    }

    private IResult GiveCode(AuthorizationRequest request, User user) => OAuthPages.ToClient(
        request.RedirectUri,
        isImplicit: false,
        [new("code", flow.Seal(signIns.NewCode(request, user, clock.GetUtcNow()))), new("state", request.State)]);

    private async ValueTask<IResult> GiveTokensAsync(HttpContext http, UserPool pool, AppClient client, User user, AuthorizationRequest request, CancellationToken ct)
    {
        var issued = await signIns.IssueAtOnceAsync(pool, client, user, request, OriginOf(http), clock.GetUtcNow(), ct);
        if (issued.Refusal is { } refusal) throw OAuthRefusals.OfSignIn(refusal);
        var tokens = issued.Value;
        return OAuthPages.ToClient(
            request.RedirectUri,
            isImplicit: true,
            [
                new("id_token", tokens.Scopes.Contains(TokenAnswer.OpenId) ? tokens.IdToken : null),
                new("access_token", tokens.AccessToken),
                new("token_type", "Bearer"),
                new("expires_in", ((int)tokens.AccessLifetime.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new("state", request.State),
            ]);
    }

    /// <summary>Where a request comes from.</summary>
    public static Origin OriginOf(HttpContext http) => Origin.Of(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);

    private static async ValueTask<OAuthParameters?> ReadFormAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await OAuthParameters.OfFormAsync(request, ct);
        }
        catch (OAuthException)
        {
            return null;
        }
    }
}
