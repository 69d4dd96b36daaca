using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Server.Oidc.Providers;

namespace Poolhouse.Server.Oidc;

/// <summary><c>GET</c> and <c>POST /oauth2/idpresponse</c>: a browser comes back from an identity provider (OpenID Connect Core 1.0 §3.1.2.5).</summary>
internal sealed class IdpResponseEndpoint(
    IDatabase database, OAuthClients clients, ProviderClient providers, FederatedUsers users, HostedSignIns signIns, UserTriggers triggers, SealedFlow flow, TimeProvider clock, Issuer issuer)
{
    /// <summary>The address that every provider has to be told.</summary>
    public static string Callback(Issuer issuer) => issuer.PublicUrl + "/oauth2/idpresponse";

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
            var user = await MeetAsync(parameters, state, client, pool, ct);
            return isImplicit ? await GiveTokensAsync(http, pool, client, user, request, ct) : GiveCode(request, user);
        }
        catch (OAuthException problem)
        {
            return OAuthPages.ToClient(request.RedirectUri, isImplicit, request.State, problem);
        }
    }

    private async ValueTask<User> MeetAsync(OAuthParameters parameters, FederationState state, AppClient client, UserPool pool, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt);
        if (end <= now) throw OAuthException.InvalidRequest("The sign-in took too long. Begin again.");
        if (!await database.WriteAsync(unit => unit.Spent.SpendAsync(state.Id, end, ct), ct)) throw OAuthException.InvalidRequest("The sign-in was finished before. Begin again.");
        if (parameters["error"] is { } refused)
            throw new OAuthException(refused == "access_denied" ? refused : "invalid_request", $"{state.Provider} Error - {parameters["error_description"] ?? refused}");
        if (parameters["code"] is not { } code) throw OAuthException.InvalidRequest($"{state.Provider} Error - no code");
        // As it is now: a provider may have been taken from the pool or the client since.
        var document = await database.ReadAsync(stores => stores.Documents.FindAsync(pool.Id, DocumentKind.IdentityProvider, state.Provider, ct), ct);
        if (document is null || client.Settings.SupportedIdentityProviders?.Contains(state.Provider) != true)
            throw OAuthException.InvalidRequest("The identity provider is not one of the client's.");

        var answer = await providers.RedeemAsync(ProviderDetails.Of(document), state, code, Callback(issuer), ct);
        var origin = new TriggerOrigin(client.Id);
        var met = await users.MeetAsync(pool, document, answer, origin, now, ct);
        if (met.Refusal is { } refusal) throw OAuthRefusals.OfSignIn(refusal);
        return await triggers.PostAuthenticationAsync(pool, met.Value, newDeviceUsed: false, origin, ct) is { } objection ? throw OAuthRefusals.OfSignIn(objection) : met.Value;
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
