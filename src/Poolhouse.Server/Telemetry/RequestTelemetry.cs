using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Poolhouse.Server.Telemetry;

/// <summary>What the framework's span and metrics of a request are told beside what it knows itself.</summary>
internal static class RequestTelemetry
{
    private const string Operation = "poolhouse.operation";

    /// <summary>The operation that a request to <c>/</c> names; only one that is known, for each is a time series.</summary>
    public static void Name(HttpContext http, string operation)
    {
        // Both are there only where somebody listens.
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new(Operation, operation));
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span) span.SetTag(Operation, operation);
    }

    /// <summary>Describes the span of each request by its route's pattern. Paths, queries and headers have tokens of links and names in them, and are left out.</summary>
    public static void UseRequestSpans(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        finally
        {
            if (http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span) Describe(span, http);
        }
    });

    private static void Describe(Activity span, HttpContext http)
    {
        var method = Known(http.Request.Method);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = span.GetTagItem(Operation) is string operation ? operation : route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (route is not null) span.SetTag("http.route", route);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }

    // Semantic conventions, "http.request.method": what a client made up is not repeated.
    private static string Known(string method) =>
        HttpMethods.GetCanonicalizedValue(method) is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or "CONNECT" or "TRACE"
            ? HttpMethods.GetCanonicalizedValue(method)
            : "_OTHER";
}
