using Poolhouse.Core.Telemetry;
using Poolhouse.Server.Telemetry;
using Poolhouse.Storage;

namespace Poolhouse.Server;

/// <summary>The instruments.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds them; whether anybody listens is another matter.</summary>
    public static IServiceCollection AddInstruments(this IServiceCollection services)
    {
        services.AddSingleton<BreakerMetrics>();
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<SignInMetrics>();
        services.AddSingleton<StoreMetrics>();
        return services;
    }

    /// <summary>Begins to measure and to export.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        app.Services.GetRequiredService<Database>().Metrics = app.Services.GetRequiredService<StoreMetrics>();
        _ = app.Services.GetRequiredService<BreakerMetrics>();
        if (app.Services.GetService<TelemetryProviders>() is not null) app.UseRequestSpans();
    }
}
