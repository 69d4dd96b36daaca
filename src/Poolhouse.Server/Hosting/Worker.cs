using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Poolhouse.Server.Health;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>What differs where the program runs as <c>poolhouse worker</c>: it delivers what the queue spreads, and does nothing else.</summary>
internal static class Worker
{
    /// <summary>Its first argument.</summary>
    public const string Command = "worker";

    /// <summary>Refuses options that make no worker; and nobody has to notice that it leaves before it does.</summary>
    /// <exception cref="StartupException">Names everything that is missing.</exception>
    public static void Adjust(ServerOptions options)
    {
        List<string> problems = [];
        // A folder of its own would be an outbox of its own, in which nothing is ever put.
        if (options.Database is null) problems.Add("A worker needs Database, the same as the nodes have.");
        if (options.RabbitMq is null) problems.Add("A worker needs RabbitMq, the same as the nodes have.");
        if (!options.Consume) problems.Add("A worker consumes; leave Consume out.");
        if (problems.Count > 0) throw new StartupException(string.Join('\n', problems));
        options.DrainSeconds = 0;
    }

    /// <summary>
    /// Takes away what nodes do in the background, but for the watch over the database, which finds the primary. What messaging and other packages do stays. Without an
    /// address of its own a worker listens nowhere.
    /// </summary>
    public static void Reduce(IServiceCollection services, bool listens)
    {
        foreach (var service in services.Where(IsForNodes).ToList()) services.Remove(service);
        if (!listens) services.AddSingleton<IServer, NoServer>();
    }

    /// <summary>Its routes: health, for whoever watches over it.</summary>
    public static WebApplication MapWorker(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }

    private static bool IsForNodes(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType != typeof(DatabaseWatch)
        && (service.ImplementationType?.Assembly ?? service.ImplementationFactory?.Method.Module.Assembly) == typeof(Worker).Assembly;

    /// <summary>Listens nowhere.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
