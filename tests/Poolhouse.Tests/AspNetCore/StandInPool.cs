using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Poolhouse.AspNetCore;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>
/// A user pool's key set and its <c>GetUser</c> over HTTP, with tokens of any content: what a real pool would never sign can be signed
/// here. The conformance tests do the rest with a real server.
/// </summary>
internal sealed class StandInPool : IAsyncDisposable
{
    public const string Client = "client1example23456789abcd";

    public const string UserScope = "aws.cognito.signin.user.admin";

    public static readonly RSA First = NewKey();

    public static readonly RSA Second = NewKey();

    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private readonly WebApplication _app;
    private int _keyFetches;
    private int _userCalls;

    private StandInPool(WebApplication app) => _app = app;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    public string Url => _app.Url();

    public string Authority => Url + "/us-east-1_StandIn";

    public int KeyFetches => _keyFetches;

    public int UserCalls => _userCalls;

    /// <summary>The keys it publishes.</summary>
    public IReadOnlyDictionary<string, RSA> Keys { get; set; } = new Dictionary<string, RSA> { ["first"] = First };

    /// <summary>Whether it answers 500 to everything.</summary>
    public bool IsBroken { get; set; }

    /// <summary>An answer in place of GetUser's; null for the real one.</summary>
    public (int Status, string Body)? UserAnswer { get; set; }

    /// <summary>Held back until this completes.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<StandInPool> StartAsync()
    {
        StandInPool? pool = null;
        var app = await StandIn.Builder().StartAsync(app =>
        {
            app.MapGet("/us-east-1_StandIn/.well-known/jwks.json", http => pool!.AnswerKeysAsync(http));
            app.MapPost("/", http => pool!.AnswerUserAsync(http));
        });
        return pool = new StandInPool(app);
    }

    public void Revoke(string token) => _revoked[token] = true;

    /// <summary>A good access token, or one that differs.</summary>
    public string Token(Action<JsonObject>? change = null, string keyId = "first", RSA? key = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["sub"] = "5e1f8a52-0000-4000-8000-000000000001",
            ["cognito:groups"] = new JsonArray("admins", "staff"),
            ["iss"] = Authority,
            ["client_id"] = Client,
            ["token_use"] = "access",
            ["scope"] = UserScope + " reports/read",
            ["auth_time"] = now,
            ["exp"] = now + 3600,
            ["iat"] = now,
            ["username"] = "ann",
        };
        change?.Invoke(claims);
        return Sign($$"""{"kid":"{{keyId}}","alg":"RS256"}""", claims.ToJsonString(), key ?? First);
    }

    public static string Sign(string header, string payload, RSA key)
    {
        var signed = Encode(header) + "." + Encode(payload);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Settings that take its tokens.</summary>
    public void Configure(CognitoTokenOptions options)
    {
        options.Authority = Authority;
        options.ClientIds.Add(Client);
        options.TimeProvider = Time;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // The base library makes a key when it is first used, and that takes a while.
    private static RSA NewKey()
    {
        var key = RSA.Create(2048);
        key.ExportParameters(includePrivateParameters: false);
        return key;
    }

    private async Task AnswerKeysAsync(HttpContext http)
    {
        Interlocked.Increment(ref _keyFetches);
        if (IsBroken)
        {
            http.Response.StatusCode = 500;
            return;
        }

        var keys = new JsonArray();
        foreach (var (id, key) in Keys)
        {
            var parameters = key.ExportParameters(includePrivateParameters: false);
            keys.Add(new JsonObject
            {
                ["alg"] = "RS256",
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
                ["kid"] = id,
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["use"] = "sig",
            });
        }

        await http.Response.WriteAsync(new JsonObject { ["keys"] = keys }.ToJsonString());
    }

    private async Task AnswerUserAsync(HttpContext http)
    {
        Interlocked.Increment(ref _userCalls);
        http.Request.Headers["X-Amz-Target"].ToString().ShouldBe("AWSCognitoIdentityProviderService.GetUser");
        http.Request.ContentType.ShouldBe("application/x-amz-json-1.1");
        using var reader = new StreamReader(http.Request.Body);
        var token = JsonNode.Parse(await reader.ReadToEndAsync())!["AccessToken"]!.GetValue<string>();
        await Gate.WaitAsync(http.RequestAborted);
        var answer = UserAnswer ?? (IsBroken
            ? (500, """{"__type":"InternalErrorException"}""")
            : _revoked.ContainsKey(token)
                ? (400, """{"__type":"NotAuthorizedException","message":"Access Token has been revoked"}""")
                : (200, """{"Username":"ann","UserAttributes":[]}"""));
        http.Response.StatusCode = answer.Item1;
        await http.Response.WriteAsync(answer.Item2);
    }
}
