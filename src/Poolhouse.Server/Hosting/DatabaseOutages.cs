using Poolhouse.Storage;

namespace Poolhouse.Server;

/// <summary>
/// The answer of what has no protocol of its own to say it in (keys, discovery, the mailbox) while the database is away: 503 with Retry-After.
/// The account API and the Cognito protocol say it in their own words and never come here.
/// </summary>
internal static partial class DatabaseOutages
{
    private const int RetryAfterSeconds = 5;

    /// <summary>Stands before the routes.</summary>
    public static void UseDatabaseOutages(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseOutages));
        app.Use(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (Exception away) when (DatabaseOutage.Is(away) && !http.Response.HasStarted)
            {
                LogAway(logger, http.GetEndpoint()?.DisplayName, away.GetType().Name);
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        });
    }

    [LoggerMessage(EventIds.DatabaseAway, LogLevel.Warning, "{Route} could not be answered, for the database is away ({Exception}).")]
    private static partial void LogAway(ILogger logger, string? route, string exception);
}
