using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.AspNetCore;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>Somebody's API, protected by the package.</summary>
internal sealed class ProtectedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProtectedApp(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.Url()) };
    }

    public HttpClient Http { get; }

    public string Url => _app.Url();

    /// <summary>Starts it.</summary>
    /// <param name="add">Adds the schemes.</param>
    /// <param name="schemes">Those that its policies ask.</param>
    public static async Task<ProtectedApp> StartAsync(Action<AuthenticationBuilder> add, params string[] schemes)
    {
        var builder = StandIn.Builder();
        add(builder.Services.AddAuthentication());
        builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build())
            .AddPolicy("admins", policy => policy.AddAuthenticationSchemes(schemes).RequireRole("admins"))
            .AddPolicy("owners", policy => policy.AddAuthenticationSchemes(schemes).RequireRole("owners"))
            .AddPolicy("read", policy => policy.AddAuthenticationSchemes(schemes).RequireScope("reports/write", "reports/read"))
            .AddPolicy("write", policy => policy.AddAuthenticationSchemes(schemes).RequireScope("reports/write"));
        return new ProtectedApp(await builder.StartAsync(app =>
        {
            app.MapMethods("/me", ["GET", "POST", "DELETE"], MeAsync).RequireAuthorization();
            foreach (var policy in (string[])["admins", "owners", "read", "write"]) app.MapGet("/" + policy, MeAsync).RequireAuthorization(policy);
            app.MapGet("/open", MeAsync);
        }));
    }

    /// <summary>An API that takes the tokens of a pool.</summary>
    public static Task<ProtectedApp> OfAsync(StandInPool pool, Action<CognitoTokenOptions>? change = null) => StartAsync(
        authentication => authentication.AddCognitoTokens(options =>
        {
            pool.Configure(options);
            change?.Invoke(options);
        }),
        CognitoTokenDefaults.AuthenticationScheme);

    /// <summary>One request.</summary>
    public async Task<AppAnswer> SendAsync(string path, Action<HttpRequestMessage>? change = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        change?.Invoke(request);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new AppAnswer(
            (int)response.StatusCode,
            string.Join(" | ", response.Headers.WwwAuthenticate.Select(value => value.ToString())),
            response.Headers.RetryAfter?.ToString(),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>One request with a bearer token.</summary>
    public Task<AppAnswer> GetAsync(string path, string token) =>
        SendAsync(path, request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static Task MeAsync(HttpContext http)
    {
        var user = http.User;
        var me = new JsonObject
        {
            ["id"] = user.FindFirstValue(ClaimTypes.NameIdentifier),
            ["name"] = user.Identity?.Name,
            ["claims"] = new JsonArray([.. user.Claims.Select(claim => (JsonNode)$"{claim.Type}={claim.Value}")]),
        };
        // What applications do to their principal stays theirs.
        (user.Identity as ClaimsIdentity)?.AddClaim(new Claim("added", "by the application"));
        return http.Response.WriteAsync(me.ToJsonString());
    }
}

/// <summary>What the API answered.</summary>
internal sealed record AppAnswer(int Status, string Challenge, string? RetryAfter, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}
