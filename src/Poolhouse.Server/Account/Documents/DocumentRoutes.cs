using System.Text.Json.Nodes;

namespace Poolhouse.Server.Account.Documents;

/// <summary>The documents that describe this API, and their page. For everybody: nothing in them is secret.</summary>
internal static class DocumentRoutes
{
    // The page is markup and one style sheet; it needs no script, and so none can be brought in.
    private const string PagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string StyleSheet = "Account/Documents/api.css";

    /// <summary>Its parts.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<AsyncApiDocument>();
        services.AddSingleton<OpenApiDocument>();
        return services;
    }

    /// <summary>Maps them.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/asyncapi.json", (HttpContext http, AsyncApiDocument document) => Json(http, document.Build())).RequireCors(Routes.AccountPolicy);
        app.MapGet("/openapi.json", (HttpContext http, OpenApiDocument document) => Json(http, document.Build())).RequireCors(Routes.AccountPolicy);
        app.MapGet("/docs/api", (HttpContext http, OpenApiDocument document) => Page(http, ApiPage.Render(document.Build())));
        app.MapGet("/docs/api.css", static (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Stream(typeof(DocumentRoutes).Assembly.GetManifestResourceStream(StyleSheet)!, "text/css; charset=utf-8");
        });
    }

    private static IResult Json(HttpContext http, JsonObject document)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Text(document.ToJsonString(), "application/json");
    }

    private static IResult Page(HttpContext http, string html)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return Results.Text(html, "text/html; charset=utf-8");
    }
}
