using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Oidc;

/// <summary><c>POST /oauth2/token</c>: RFC 6749 §4.1.3, §4.4.2 and §6, RFC 7636 §4.5; user guide, "Token endpoint".</summary>
internal sealed class TokenEndpoint(OAuthClients clients, HostedSignIns signIns, Refreshes refreshes, ClientTokens clientTokens, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        OAuthCors.Share(http);
        try
        {
            var form = await OAuthParameters.OfFormAsync(http.Request, ct);
            var (client, pool) = await clients.DemandAsync(http.Request, form, ct);
            var answer = form["grant_type"] switch
            {
                "authorization_code" => await RedeemAsync(http, form, client, pool, ct),
                "refresh_token" => await RefreshAsync(http, form, client, pool, ct),
                "client_credentials" => await GrantAsync(form, client, pool, ct),
                null => throw OAuthException.InvalidRequest(),
                _ => throw new OAuthException("unsupported_grant_type"),
            };
            return Results.Json(answer, OidcJson.Default.TokenAnswer);
        }
        catch (OAuthException problem)
        {
            return OAuthCors.Refuse(http, problem);
        }
    }

    private async ValueTask<TokenAnswer> RedeemAsync(HttpContext http, OAuthParameters form, AppClient client, UserPool pool, CancellationToken ct)
    {
        Demand(client, "code");
        if (form["code"] is not { } code) throw OAuthException.InvalidRequest();
        var issued = await signIns.RedeemAsync(pool, client, code, request => Fits(form, request), IdpResponseEndpoint.OriginOf(http), clock.GetUtcNow(), ct);
        if (issued.Refusal is { } refusal) throw OAuthRefusals.OfGrant(refusal);
        return issued.Value is { } tokens ? TokenAnswer.Of(tokens) : throw new OAuthException("invalid_grant");
    }

    // RFC 7636 §4.6. A verifier without a challenge means that somebody took the challenge away (RFC 9700 §4.8.2).
    private static bool Fits(OAuthParameters form, AuthorizationRequest request)
    {
        if (form["redirect_uri"] != request.RedirectUri) return false;
        var verifier = form["code_verifier"];
        if (request.CodeChallenge is not { } challenge) return verifier is null;
        return verifier is { Length: >= 43 and <= 128 }
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));
    }

    private async ValueTask<TokenAnswer> RefreshAsync(HttpContext http, OAuthParameters form, AppClient client, UserPool pool, CancellationToken ct)
    {
        if (form["refresh_token"] is not { } token) throw OAuthException.InvalidRequest();
        var refreshed = await refreshes.RefreshAsync(
            pool, client, token, deviceKey: null, proves: null, MetadataOf(form), IdpResponseEndpoint.OriginOf(http), clock.GetUtcNow(), ct);
        return refreshed.Refusal is { } refusal ? throw OAuthRefusals.OfGrant(refusal) : TokenAnswer.Of(refreshed.Value);
    }

    private async ValueTask<TokenAnswer> GrantAsync(OAuthParameters form, AppClient client, UserPool pool, CancellationToken ct)
    {
        Demand(client, "client_credentials");
        // RFC 6749 §4.4: for who can keep a secret.
        if (!client.IsConfidential) throw new OAuthException("unauthorized_client");
        var scopes = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var issued = await clientTokens.IssueAsync(pool, client, scopes, MetadataOf(form), clock.GetUtcNow(), ct);
        if (issued.Refusal is { } refusal) throw OAuthRefusals.OfGrant(refusal);
        return new TokenAnswer(IdToken: null, issued.Value.AccessToken, RefreshToken: null, (int)issued.Value.Lifetime.TotalSeconds, "Bearer");
    }

    private static void Demand(AppClient client, string flow)
    {
        if (client.Settings.AllowedOAuthFlows?.Contains(flow) != true) throw new OAuthException("unauthorized_client");
    }

    // User guide: aws_client_metadata, a JSON object of texts, is what triggers see as clientMetadata.
    private static Dictionary<string, string>? MetadataOf(OAuthParameters form)
    {
        if (form["aws_client_metadata"] is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize(text, OidcJson.Default.DictionaryStringString);
        }
        catch (JsonException)
        {
            throw OAuthException.InvalidRequest();
        }
    }
}
