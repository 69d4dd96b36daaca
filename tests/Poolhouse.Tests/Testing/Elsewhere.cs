using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Tests.Testing;

/// <summary>What stands elsewhere in earnest: OpenID Connect issuers, good and bad, and AWS STS.</summary>
public sealed class Elsewhere : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private Elsewhere(WebApplication running)
    {
        app = running;
        Host = "";
    }

    /// <summary>Host and port.</summary>
    public string Host { get; private set; }

    /// <summary>The key that the issuers publish.</summary>
    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>A key that nobody publishes.</summary>
    public SigningKey OtherKey { get; } = SigningKey.Create();

    /// <summary>How often an issuer's keys were fetched.</summary>
    public int Asked => asked;

    /// <summary>The last form that STS received.</summary>
    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>();

    public static async Task<Elsewhere> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new Elsewhere(builder.Build());
        server.Map();
        await server.app.StartAsync();
        server.Host = new Uri(server.app.Urls.Single()).Authority;
        return server;
    }

    /// <summary>An ID token of one of the issuers.</summary>
    public string Token(string path = "issuer", string audience = "app", string subject = "carol", SigningKey? key = null, JsonObject? more = null)
    {
        var claims = more ?? [];
        claims["iss"] ??= $"http://{Host}/{path}";
        claims["sub"] ??= subject;
        claims["aud"] ??= audience;
        claims["exp"] ??= DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        return Jwt.Sign(key ?? Key, Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        foreach (var path in new[] { "issuer", "large", "liar" })
        {
            app.MapGet($"/{path}/.well-known/openid-configuration", () => Json(new JsonObject
            {
                ["issuer"] = path == "liar" ? "https://accounts.google.com" : $"http://{Host}/{path}",
                ["jwks_uri"] = $"http://{Host}/{path}/keys",
            }));
            app.MapGet($"/{path}/keys", () =>
            {
                Interlocked.Increment(ref asked);
                var key = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Key.KeyId, ["n"] = Key.PublicKey.Modulus, ["e"] = Key.PublicKey.Exponent };
                return Json(new JsonObject { ["keys"] = new JsonArray(key), ["filler"] = path == "large" ? new string('x', 300_000) : "" });
            });
        }

        app.MapPost("/sts", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Form = form.ToDictionary(f => f.Key, f => f.Value.ToString());
            if (Form["RoleArn"].EndsWith("Down", StringComparison.Ordinal)) return Results.StatusCode(503);
            if (Form["RoleArn"].EndsWith("Denied", StringComparison.Ordinal))
            {
                return Results.Text(
                    "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Code>AccessDenied</Code></Error></ErrorResponse>", "text/xml", statusCode: 403);
            }

            return Results.Text(
                """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult>
                    <Credentials><AccessKeyId>ASIAREAL</AccessKeyId><SecretAccessKey>s/e+c</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-02T03:04:05Z</Expiration></Credentials>
                  </AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """,
                "text/xml");
        });
    }

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");
}
