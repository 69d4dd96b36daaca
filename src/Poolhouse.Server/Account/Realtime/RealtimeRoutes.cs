using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Me;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>The WebSocket API: what it is made of and where it is.</summary>
internal static class RealtimeRoutes
{
    /// <summary>Its parts.</summary>
    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddSingleton(new RealtimeLimits());
        services.AddSingleton<IAccountExportPart, RealtimeExport>();
        services.AddSingleton<RealtimeDispatcher>();
        services.AddSingleton<RealtimeEndpoint>();
        services.AddSingleton<RealtimeHub>();
        services.AddSingleton<RealtimeOrigins>();
        services.AddSingleton<RealtimeTokens>();
        services.AddSingleton<RealtimeUsers>();
        services.AddSingleton<RealtimeWatch>();
        services.AddSingleton<SignInTokens>();
        services.AddSingleton<SignedInUsers>();
        services.AddSingleton<TokenProof>();
        foreach (var handler in RealtimeActions.All.Select(action => action.Handler).Distinct()) services.AddSingleton(handler);
        services.AddHostedService(p => p.GetRequiredService<RealtimeWatch>());
        return services;
    }

    /// <summary>Maps <c>/ws</c>. Connections are told when the server begins to stop, before it waits for its requests to end.</summary>
    public static void MapRealtime(this IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(services.GetRequiredService<RealtimeHub>().CloseAll);
        app.Map("/ws", static (HttpContext http, RealtimeEndpoint endpoint) => endpoint.ServeAsync(http));
    }
}
