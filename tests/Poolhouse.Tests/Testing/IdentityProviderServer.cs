using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Tests.Testing;

/// <summary>An identity provider: OpenID Connect in earnest, but that everybody is believed who asks, and that it can be told to lie.</summary>
public sealed class IdentityProviderServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Grant> grants = new(StringComparer.Ordinal);

    private IdentityProviderServer(WebApplication running) => app = running;

    public string Url { get; private set; } = "";

    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>The last form that the token endpoint received.</summary>
    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the userInfo endpoint adds to the subject.</summary>
    public JsonObject? UserInfo { get; set; }

    /// <summary>What is done to the ID token's claims before they are signed.</summary>
    public Action<JsonObject>? Lie { get; set; }

    /// <summary>Signs in the place of the published key.</summary>
    public SigningKey? WrongKey { get; set; }

    /// <summary>What the token endpoint answers in place of tokens.</summary>
    public int? Fails { get; set; }

    public static async Task<IdentityProviderServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new IdentityProviderServer(builder.Build());
        server.Map();
        await server.app.StartAsync();
        server.Url = server.app.Urls.Single();
        return server;
    }

    /// <summary>The person signs in here: the address to which the browser is sent back.</summary>
    /// <param name="authorize">The address that the browser was sent to.</param>
    /// <param name="claims">The ID token's; <c>sub</c> at least.</param>
    public string SignIn(Uri authorize, JsonObject claims)
    {
        var query = QueryHelpers.ParseQuery(authorize.Query);
        var code = Guid.NewGuid().ToString("N");
        grants[code] = new Grant(claims, query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString(), query["client_id"].ToString());
        return QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"].ToString() });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Json(new JsonObject
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = Url + "/authorize",
            ["token_endpoint"] = Url + "/token",
            ["userinfo_endpoint"] = Url + "/userinfo",
            ["jwks_uri"] = Url + "/keys",
        }));
        app.MapGet("/keys", () => Json(new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Key.KeyId, ["n"] = Key.PublicKey.Modulus, ["e"] = Key.PublicKey.Exponent }),
        }));
        app.MapMethods("/token", ["GET", "POST"], async (HttpRequest request) =>
        {
            var form = HttpMethods.IsPost(request.Method)
                ? (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString())
                : request.Query.ToDictionary(f => f.Key, f => f.Value.ToString());
            Form = form;
            if (Fails is { } status) return Results.StatusCode(status);
            if (!grants.TryRemove(form["code"], out var grant) || grant.RedirectUri != form["redirect_uri"] || grant.ClientId != form["client_id"]) return Refused();
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])));
            if (challenge != grant.Challenge) return Refused();
            var claims = grant.Claims.DeepClone().AsObject();
            claims["iss"] ??= Url;
            claims["aud"] ??= grant.ClientId;
            claims["exp"] ??= DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();
            claims["nonce"] ??= grant.Nonce;
            Lie?.Invoke(claims);
            return Json(new JsonObject
            {
                ["access_token"] = "at-" + grant.Claims["sub"],
                ["token_type"] = "Bearer",
                ["expires_in"] = 300,
                ["id_token"] = Jwt.Sign(WrongKey ?? Key, Encoding.UTF8.GetBytes(claims.ToJsonString())),
            });
        });
        app.MapMethods("/userinfo", ["GET", "POST"], (HttpRequest request) =>
        {
            var person = UserInfo?.DeepClone().AsObject() ?? [];
            person["sub"] ??= request.Headers.Authorization.ToString()["Bearer at-".Length..];
            return Json(person);
        });
    }

    private static IResult Refused() => Results.Text("""{"error":"invalid_grant"}""", "application/json", statusCode: 400);

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");

    private sealed record Grant(JsonObject Claims, string Nonce, string Challenge, string RedirectUri, string ClientId);
}
