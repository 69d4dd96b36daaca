using Poolhouse.Core;
using Poolhouse.Core.Users;

namespace Poolhouse.Server.Oidc;

/// <summary><c>POST /oauth2/revoke</c>: RFC 7009; user guide, "Revoke endpoint".</summary>
internal sealed class RevokeEndpoint(OAuthClients clients, SignOuts signOuts, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        OAuthCors.Share(http);
        try
        {
            var form = await OAuthParameters.OfFormAsync(http.Request, ct);
            var (client, _) = await clients.DemandAsync(http.Request, form, ct);
            if (form["token"] is not { } token || !client.Settings.EnableTokenRevocation) throw OAuthException.InvalidRequest();
            return await signOuts.RevokeAsync(client, token, clock.GetUtcNow(), ct) switch
            {
                null => Results.Ok(),
                Refusal.RefreshOfOtherClient => throw OAuthException.InvalidClient(hasHeader: true),
                _ => throw new OAuthException("unsupported_token_type"),
            };
        }
        catch (OAuthException problem)
        {
            return OAuthCors.Refuse(http, problem);
        }
    }
}
