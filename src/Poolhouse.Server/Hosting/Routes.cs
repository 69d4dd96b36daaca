using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account;
using Poolhouse.Server.Cognito.UserImports;
using Poolhouse.Server.Development;
using Poolhouse.Server.Health;
using Poolhouse.Server.Mailbox;
using Poolhouse.Server.Oidc;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server;

/// <summary>Every route.</summary>
internal static class Routes
{
    // The web client is all 'self'; its own API calls may go to the public URL, which another host name can hide.
    private const string PagePolicy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self' data:";

    /// <summary>Who may call the account API from a browser. Not the default policy: that would answer the preflights of the Cognito endpoint too.</summary>
    public const string AccountPolicy = "account";

    private static readonly string[] NoPages = ["/api", "/dev", "/health", "/imports", "/mailbox", "/oauth2"];

    /// <summary>Maps them all.</summary>
    public static WebApplication MapPoolhouse(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<CognitoEndpoint>();
        app.MapPost("/", endpoint.HandleAsync);
        app.MapMethods("/", ["OPTIONS"], CognitoCors.Preflight);
        app.MapPut("/imports/{poolId}/{jobId}", app.Services.GetRequiredService<UploadEndpoint>().PutAsync);
        app.MapGet("/{poolId}/.well-known/jwks.json", Discovery.GetKeysAsync);
        app.MapGet("/{poolId}/.well-known/openid-configuration", Discovery.GetConfigurationAsync);
        app.MapGet($"/{Issuer.IdentityService}/.well-known/jwks.json", IdentityDiscovery.GetKeysAsync);
        app.MapGet($"/{Issuer.IdentityService}/.well-known/openid-configuration", IdentityDiscovery.GetConfiguration);
        app.MapGet("/config.json", WebClientSettings.GetAsync);
        app.MapOAuth();
        app.MapAccount();
        app.MapHealth();
        if (app.Environment.IsDevelopment())
        {
            app.MapMailbox();
            app.MapDevelopment();
        }

        app.MapFallback("{*path}", ServeClient);
        return app;
    }

    private static IResult ServeClient(HttpContext http, IWebHostEnvironment environment)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        // An asset that isn't there must not look like a page, nor a route of the API, nor what only Development has.
        if (Path.HasExtension(http.Request.Path) || NoPages.Any(prefix => http.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
            return Results.NotFound();
        var index = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!index.Exists) return Results.Text("The web client is not built. Run ./run, which builds it, or: cd web && npm ci && npm run build", statusCode: StatusCodes.Status404NotFound);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return Results.File(index.PhysicalPath!, "text/html; charset=utf-8");
    }
}
