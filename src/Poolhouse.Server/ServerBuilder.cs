using Microsoft.AspNetCore.Server.Kestrel.Core;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Commands;
using Poolhouse.Server.Development;
using Poolhouse.Server.Mailbox;
using Poolhouse.Server.Oidc;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;
using Poolhouse.Storage;

namespace Poolhouse.Server;

#pragma warning disable RS0030 // The composition root chooses the clock and reads the environment.
/// <summary>The composition root.</summary>
internal static class ServerBuilder
{
    /// <summary>Runs the server until it is told to stop.</summary>
    /// <returns>0 after a clean stop, 2 when it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.FirstOrDefault() is "serve") args = args[1..];
        if (args.Contains("--help"))
        {
            await Console.Out.WriteLineAsync(Help.Text);
            return 0;
        }

        try
        {
            if (args.FirstOrDefault() is "import") return await ImportCommand.RunAsync(args[1..], CommandConsole.System);
            if (args.FirstOrDefault() is "rotate-keys") return await RotateKeys.RunAsync(args[1..]);
            await using var app = await BuildAsync(args);
            await app.StartAsync();
            await Welcome.PrintAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartupException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{problem.Message} Stop what listens there, or choose another address with --urls.");
            return 2;
        }
    }

    /// <summary>A server ready to start: its database is open and up to date.</summary>
    /// <exception cref="StartupException">The options can't be used.</exception>
    /// <param name="args">Options.</param>
    /// <param name="environment">Development, Production, …; null takes DOTNET_ENVIRONMENT.</param>
    /// <param name="adjust">Has the last word about services; for tests.</param>
    public static async Task<WebApplication> BuildAsync(string[] args, string? environment = null, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.AddInMemoryCollection(OptionsReader.ReadDotEnv(".env"));
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(OptionsReader.ReadArguments(args));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var isDevelopment = builder.Environment.IsDevelopment();
        var options = OptionsReader.Read(builder.Configuration, isDevelopment);

        var clock = new VirtualClock(TimeProvider.System);
        var random = new SystemRandom();
        var ring = MasterKeys.Load(options, random);
        var sealer = new Sealer(ring, random);
        var database = await OpenAsync(options, sealer, clock);
        var synthetic = await SyntheticKey.LoadAsync(database, sealer, random, CancellationToken.None);
        if (isDevelopment) await DevelopmentEndpoints.RestoreClockAsync(clock, database, CancellationToken.None);

        var services = builder.Services;
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(new WallClock(TimeProvider.System));
        services.AddSingleton<IRandom>(random);
        services.AddSingleton(ring);
        services.AddSingleton(sealer);
        services.AddSingleton(_ => database);
        services.AddSingleton<IDatabase>(database);
        services.AddSingleton<IDatabaseMaintenance>(database);
        services.AddSingleton(new SyntheticVerifier(synthetic));
        services.AddSingleton(new Issuer(new Uri(options.PublicUrl ?? options.Urls.Split(';')[0])));
        services.AddSingleton<Bootstrap>();
        services.AddEngine(options, isDevelopment, Environment.ProcessorCount);
        services.AddCognito();
        services.AddOAuth();
        services.AddAccount(options);
        services.AddAccountSessions(options);
        services.AddKyc(options);
        services.AddLogDelivery();
        services.AddCognitoIdentity(options, isDevelopment);
        services.AddMessaging(new MessagingOptions
        {
            Smtp = options.Smtp is not null && SmtpOptions.TryParse(options.Smtp, out var smtp, out _) ? smtp : null,
            UseMailbox = isDevelopment,
        });
        if (isDevelopment) services.AddMailbox();
        services.AddHostedService<Upkeep>();
        services.AddCors(cors => cors.AddPolicy(Routes.AccountPolicy, policy => (options.AllowedOrigins.Contains("*") ? policy : policy.AllowCredentials())
            .WithOrigins(options.AllowedOrigins)
            .WithHeaders("Authorization", "Content-Type")
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .SetPreflightMaxAge(TimeSpan.FromHours(2))));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls(options.Urls);

        adjust?.Invoke(services);
        var app = builder.Build();
        database.OnMessageQueued = app.Services.GetRequiredService<OutboxSignal>().Notify;
        await app.Services.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);
        // Before routing: the fallback route matches every path, and a request that has a route is not looked for among the files.
        app.UseStaticFiles(ClientFiles.Options);
        app.UseWebSockets();
        app.UseRouting();
        app.UseCors();
        app.MapPoolhouse();
        return app;
    }

    private static async Task<Database> OpenAsync(ServerOptions options, Sealer sealer, TimeProvider clock)
    {
        var connectionString = options.Database;
        if (connectionString is null)
        {
            DataFolder.Create(options.Data);
            connectionString = "Data Source=" + Path.Combine(options.Data, "poolhouse.db");
        }

        try
        {
            var database = DatabaseFactory.Create(connectionString, sealer, clock);
            await database.MigrateAsync(CancellationToken.None);
            return database;
        }
        catch (Exception e) when (e is ArgumentException or System.Data.Common.DbException)
        {
            throw new StartupException($"The database can't be opened: {e.Message}");
        }
    }
}
