using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Poolhouse.Tests.Cognito.Triggers;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc.OAuth;

/// <summary>A pool whose client signs people in by one identity provider, <c>Acme</c>.</summary>
internal sealed class FederationWorld
{
    public const string Callback = "https://app.example/callback";

    private FederationWorld(World world, TestPool pool, IdentityProviderServer provider)
    {
        World = world;
        Pool = pool;
        Provider = provider;
    }

    public World World { get; }

    public TestPool Pool { get; }

    public IdentityProviderServer Provider { get; }

    public static async Task<FederationWorld> OnAsync(
        Engine engine = Engine.Sqlite, JsonObject? settings = null, Action<JsonObject>? client = null, Action<JsonObject>? provider = null, TriggerWorld? triggers = null, bool hasSecret = false)
    {
        var world = triggers?.World ?? await World.OnAsync(engine);
        var server = await IdentityProviderServer.StartAsync();
        var pool = await world.PoolAsync(settings ?? [], new JsonObject { ["GenerateSecret"] = hasSecret });
        var acme = new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ProviderName"] = "Acme",
            ["ProviderType"] = "OIDC",
            ["ProviderDetails"] = new JsonObject
            {
                ["client_id"] = "poolhouse", ["client_secret"] = "s3cret", ["authorize_scopes"] = "openid email", ["attributes_request_method"] = "GET", ["oidc_issuer"] = server.Url,
            },
            ["AttributeMapping"] = new JsonObject { ["email"] = "email", ["email_verified"] = "email_verified", ["name"] = "name" },
            ["IdpIdentifiers"] = new JsonArray("acme.example"),
        };
        provider?.Invoke(acme);
        await world.DoAsync("CreateIdentityProvider", acme);
        var changes = new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
            ["SupportedIdentityProviders"] = new JsonArray("Acme"),
            ["AllowedOAuthFlows"] = new JsonArray("code"),
            ["AllowedOAuthFlowsUserPoolClient"] = true,
            ["AllowedOAuthScopes"] = new JsonArray("openid", "email", "profile", "aws.cognito.signin.user.admin"),
            ["CallbackURLs"] = new JsonArray(Callback, "http://localhost:3000/"),
            ["LogoutURLs"] = new JsonArray("https://app.example/bye"),
        };
        client?.Invoke(changes);
        await world.DoAsync("UpdateUserPoolClient", changes);
        return new FederationWorld(world, pool, server);
    }

    public FederationBrowser Browser() => new(this);

    /// <summary>Signs in and redeems the code.</summary>
    public async Task<JsonObject> TokensAsync(string subject = "carol", JsonObject? claims = null, string? scope = null)
    {
        var browser = Browser();
        var (code, verifier) = await browser.CodeAsync(subject, claims, scope);
        return (await TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Callback, ["code_verifier"] = verifier })).Good();
    }

    /// <summary>Calls the token endpoint as the client.</summary>
    public async Task<OAuthAnswer> TokenAsync(Dictionary<string, string> form, string path = "/oauth2/token", string? basic = null)
    {
        if (basic is null) form.TryAdd("client_id", Pool.ClientId);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (basic is not null) request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        using var response = await World.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new OAuthAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers.CacheControl?.NoStore == true);
    }
}

internal sealed record OAuthAnswer(int Status, string Text, bool IsKeptByNobody)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public JsonObject Good()
    {
        Status.ShouldBe(200, Text);
        IsKeptByNobody.ShouldBeTrue();
        return Json;
    }

    public void ShouldBe(int status, string error)
    {
        Status.ShouldBe(status, Text);
        Json["error"]!.GetValue<string>().ShouldBe(error);
    }
}

/// <summary>A browser that follows no redirect by itself and keeps its cookies.</summary>
internal sealed class FederationBrowser(FederationWorld world)
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(world.World.Url) };

    /// <summary>Where an address sends the browser.</summary>
    public async Task<Uri> GoAsync(string address)
    {
        using var response = await http.GetAsync(address, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Found, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new Uri(new Uri(world.World.Url), response.Headers.Location!);
    }

    /// <summary>The page that says that nothing can be done; no redirect.</summary>
    public async Task<string> ShouldFailAsync(string address)
    {
        using var response = await http.GetAsync(address, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, page);
        response.Headers.Location.ShouldBeNull();
        page.ShouldContain("An error was encountered with the requested page.");
        return page;
    }

    public async Task<Uri> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(address, content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        return new Uri(new Uri(world.World.Url), response.Headers.Location!);
    }

    /// <summary>An address of the authorize endpoint.</summary>
    public string Authorize(params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = world.Pool.ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = FederationWorld.Callback,
            ["identity_provider"] = "Acme",
            ["state"] = "app-state",
            ["scope"] = "openid email profile",
        };
        foreach (var (name, value) in changes)
        {
            query.Remove(name);
            if (value is not null) query[name] = value;
        }

        return QueryHelpers.AddQueryString("/oauth2/authorize", query);
    }

    /// <summary>The whole way to a code.</summary>
    public async Task<(string Code, string Verifier)> CodeAsync(string subject = "carol", JsonObject? claims = null, string? scope = null, string? nonce = null)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var back = await BackAsync(subject, claims, ("code_challenge", challenge), ("code_challenge_method", "S256"), ("nonce", nonce), ("scope", scope ?? "openid email profile"));
        var query = QueryHelpers.ParseQuery(back.Query);
        back.GetLeftPart(UriPartial.Path).ShouldBe(FederationWorld.Callback, back.ToString());
        query.ContainsKey("code").ShouldBeTrue(back.ToString());
        query["state"].ToString().ShouldBe("app-state");
        return (query["code"].ToString(), verifier);
    }

    /// <summary>To the provider and back to the application.</summary>
    public async Task<Uri> BackAsync(string subject, JsonObject? claims, params (string Name, string? Value)[] changes)
    {
        var provider = await GoAsync(Authorize(changes));
        provider.GetLeftPart(UriPartial.Path).ShouldBe(world.Provider.Url + "/authorize", provider.ToString());
        claims = claims?.DeepClone().AsObject() ?? new JsonObject { ["email"] = subject + "@example.com", ["email_verified"] = true, ["name"] = "Carol C" };
        claims["sub"] = subject;
        return await GoAsync(world.Provider.SignIn(provider, claims));
    }
}
