using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>What a node needs as one among several.</summary>
internal static class NodeServices
{
    // Requests under way when listening stops; a file's upload, a slow trigger. Orchestrators kill after 30 s unless told otherwise, and the drain comes first.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    /// <summary>Draining and forwarded addresses.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services, ServerOptions options)
    {
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton<Drain>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.AddSingleton(_ => new ForwardedAddress([.. options.TrustedProxies.Select(proxy => ForwardedAddress.ReadNetwork(proxy)!.Value)]));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        return services;
    }

    /// <summary>Before everything else: who a request is from, and that its connection ends.</summary>
    public static void UseNode(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        var forwarded = app.Services.GetRequiredService<ForwardedAddress>();
        app.Use(next => http =>
        {
            forwarded.Apply(http);
            drain.Mark(http);
            return next(http);
        });
    }
}
