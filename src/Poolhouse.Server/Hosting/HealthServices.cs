using Poolhouse.Server.Health;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>What looks at the engines that this node stands on.</summary>
internal static class HealthServices
{
    /// <summary>Adds a check for each engine that is configured here.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<IEngineCheck, DatabaseCheck>();
        if (options.RabbitMq is not null) services.AddSingleton<IEngineCheck, QueueCheck>();
        if (options.Redis is not null) services.AddSingleton<IEngineCheck, RedisCheck>();
        if (options.Kyc.ClamAv is not null) services.AddSingleton<IEngineCheck, ScannerCheck>();
        return services;
    }
}
