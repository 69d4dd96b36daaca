namespace Poolhouse.Server.Oidc;

/// <summary>
/// <c>GET /logout</c> (user guide, "Logout endpoint"): sends the browser to one of the client's addresses, or to sign in again. There is no sign-in of
/// this server's own in the browser that could end: clients revoke their tokens themselves.
/// </summary>
internal sealed class LogoutEndpoint(OAuthClients clients)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = OAuthParameters.OfQuery(http.Request);
        if (query.Repeated is not null || await clients.FindAsync(query["client_id"], ct) is not var (client, _)) return OAuthPages.Error(http);
        if (query["logout_uri"] is { } address)
        {
            if (client.Settings.LogoutUrls?.Contains(address) != true) return OAuthPages.Error(http);
            return OAuthPages.ToClient(address, isImplicit: false, [new("state", query["state"])]);
        }

        return query["redirect_uri"] is not null && query["response_type"] is not null
            ? Results.Redirect("/oauth2/authorize" + http.Request.QueryString)
            : OAuthPages.Error(http);
    }
}
