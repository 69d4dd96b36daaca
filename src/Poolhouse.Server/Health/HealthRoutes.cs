using System.Text.Json.Serialization;

namespace Poolhouse.Server.Health;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("alive"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    // Anybody may ask, so names and states are all that is said; what is wrong with an engine is in the log and in what doctor prints.
    private static async Task<IResult> ReadyAsync(
        HttpContext http, Readiness readiness, Drain drain, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var engines = await readiness.LookAsync(ct);
        List<HealthPart> parts = [.. engines.Select(engine => new HealthPart(engine.Name, Word(engine.IsUp), engine.IsRequired))];
        // A node that leaves finishes what it has; a balancer should give it nothing new.
        var isLeaving = drain.IsDraining || lifetime.ApplicationStopping.IsCancellationRequested;
        if (isLeaving) parts.Add(new HealthPart("node", Word(isUp: false), Required: true));
        var isUnavailable = isLeaving || engines.Any(engine => engine is { IsUp: false, IsRequired: true });
        var status = isLeaving ? "draining" : isUnavailable ? "unavailable" : engines.All(engine => engine.IsUp) ? "ready" : "degraded";
        return Results.Json(
            new HealthAnswer(status, parts),
            HealthJson.Default.HealthAnswer,
            statusCode: isUnavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string Word(bool isUp) => isUp ? "up" : "down";
}

/// <summary>JSON of <c>/health/ready</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>ready</c>; <c>degraded</c> where a part that is not required is out; <c>unavailable</c>, with status 503, where a required one is; <c>draining</c>, with 503 too, where the node leaves.</param>
/// <param name="Parts">Every engine that this node is configured with, by name.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthPart> Parts);

/// <summary>One of them.</summary>
/// <param name="Name"><c>database</c>, <c>redis</c>, …; <c>node</c> where it leaves.</param>
/// <param name="Status"><c>up</c> or <c>down</c>.</param>
/// <param name="Required">Whether the node is of no use without it.</param>
internal sealed record HealthPart(string Name, string Status, bool Required);
