using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Development;

/// <summary>What people who test need: an empty server, another time, a state to return to. Mapped in Development only.</summary>
internal static class DevelopmentEndpoints
{
    private const string OffsetKey = "development-clock-offset";
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromDays(36_500);

    /// <summary>Maps <c>/dev/reset</c>, <c>/dev/clock</c> and <c>/dev/snapshot</c>.</summary>
    public static IEndpointRouteBuilder MapDevelopment(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dev").AddEndpointFilter(async (context, next) =>
            ForeignPages.Sent(context.HttpContext.Request) ? Results.StatusCode(StatusCodes.Status403Forbidden) : await next(context));
        group.MapPost("/reset", ResetAsync);
        group.MapGet("/clock", (VirtualClock clock) => Write(clock));
        group.MapPost("/clock", MoveClockAsync);
        group.MapGet("/snapshot", WriteSnapshotAsync);
        group.MapPut("/snapshot", RestoreAsync);
        return routes;
    }

    /// <summary>Takes up the offset that an earlier run left: what was written then has times of that clock.</summary>
    public static async Task RestoreClockAsync(VirtualClock clock, IDatabase database, CancellationToken ct)
    {
        var ticks = await database.ReadAsync(stores => stores.Settings.FindAsync(OffsetKey, ct), ct);
        clock.Offset = long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? new TimeSpan(parsed) : TimeSpan.Zero;
    }

    private static async Task<IResult> ResetAsync(
        IDatabaseMaintenance maintenance, VirtualClock clock, IdentityKeys identityKeys, Bootstrap bootstrap, CancellationToken ct)
    {
        await maintenance.ResetAsync(ct);
        identityKeys.Forget();
        clock.Offset = TimeSpan.Zero;
        await bootstrap.RunAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> MoveClockAsync(HttpRequest request, VirtualClock clock, IDatabase database, CancellationToken ct)
    {
        // A page of another origin can send text without asking, but not this media type.
        if (!request.HasJsonContentType()) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        ClockMove? move;
        try
        {
            move = await request.ReadFromJsonAsync(DevelopmentJson.Default.ClockMove, ct);
        }
        catch (JsonException)
        {
            move = null;
        }

        if (move?.Advance is not { } text || !TryParseDuration(text, out var advance) || (clock.Offset + advance).Duration() > FurthestOffset)
            return BadRequest("""Send {"advance":"PT1H"}: an ISO 8601 duration, with a minus sign to go back, in all at most 100 years.""");
        clock.Offset += advance;
        var ticks = clock.Offset.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await database.WriteAsync(async unit =>
        {
            await unit.Settings.PutAsync(OffsetKey, ticks, ct);
            return true;
        }, ct);
        return Write(clock);
    }

    private static async Task WriteSnapshotAsync(HttpContext http, IDatabaseMaintenance maintenance)
    {
        http.Response.ContentType = "application/json";
        await maintenance.WriteSnapshotAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task<IResult> RestoreAsync(
        HttpRequest request, IDatabaseMaintenance maintenance, VirtualClock clock, IDatabase database, IdentityKeys identityKeys, Bootstrap bootstrap,
        CancellationToken ct)
    {
        if (!await maintenance.RestoreSnapshotAsync(request.Body, ct)) return BadRequest("This is not a snapshot of this version; nothing was changed.");
        identityKeys.Forget();
        await RestoreClockAsync(clock, database, ct);
        await bootstrap.RunAsync(ct);
        return Results.NoContent();
    }

    // Not Results.BadRequest, which writes JSON, and nothing here knows how to write a bare text as JSON.
    private static IResult BadRequest(string text) => Results.Text(text, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Write(VirtualClock clock) =>
        Results.Json(new ClockState(clock.GetUtcNow(), XmlConvert.ToString(clock.Offset)), DevelopmentJson.Default.ClockState);

    private static bool TryParseDuration(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}

/// <summary>A request to move the clock.</summary>
internal sealed record ClockMove(string? Advance);

/// <summary>The clock as it stands.</summary>
internal sealed record ClockState(DateTimeOffset Now, string Offset);

/// <summary>JSON of the development endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClockMove))]
[JsonSerializable(typeof(ClockState))]
internal sealed partial class DevelopmentJson : JsonSerializerContext;
