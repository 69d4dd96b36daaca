using Microsoft.AspNetCore.Server.Kestrel.Core;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Server.Commands;
using Poolhouse.Server.Development;
using Poolhouse.Server.Mail;
using Poolhouse.Server.Mailbox;
using Poolhouse.Server.Oidc;
using Poolhouse.Server.Options;
using Poolhouse.Server.Telemetry;
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
            if (args.FirstOrDefault() is "doctor") return await DoctorCommand.RunAsync(args[1..], CommandConsole.System);
            if (args.FirstOrDefault() is "import") return await ImportCommand.RunAsync(args[1..], CommandConsole.System);
            if (args.FirstOrDefault() is "rotate-keys") return await RotateKeys.RunAsync(args[1..]);
            var isWorker = args.FirstOrDefault() is Worker.Command;
            await using var app = await BuildAsync(isWorker ? args[1..] : args, isWorker: isWorker);
            // A worker takes no requests.
            if (!isWorker) await app.Services.GetRequiredService<WarmUp>().RunAsync(CancellationToken.None);
            await app.StartAsync();
            if (isWorker) await Console.Out.WriteLineAsync("worker ready");
            else await Welcome.PrintAsync(app);
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
    /// <param name="isWorker">Whether it only delivers messages; see <see cref="Worker"/>.</param>
    public static async Task<WebApplication> BuildAsync(
        string[] args, string? environment = null, Action<IServiceCollection>? adjust = null, bool isWorker = false)
    {
        var (builder, options) = Read(args, environment);
        var isDevelopment = builder.Environment.IsDevelopment();
        if (isWorker) Worker.Adjust(options);

        var clock = new VirtualClock(TimeProvider.System);
        var random = new SystemRandom();
        var ring = MasterKeys.Load(options, random);
        var sealer = new Sealer(ring, random);
        var database = await OpenAsync(options, sealer, clock, builder.Configuration);
        var synthetic = await SyntheticKey.LoadAsync(database, sealer, random, CancellationToken.None);
        if (isDevelopment) await DevelopmentEndpoints.RestoreClockAsync(clock, database, CancellationToken.None);

        AddServer(builder, options, new ServerParts(clock, random, ring, sealer, database, synthetic), isWorker);
        builder.AddTelemetryExport(options, random);
        builder.WebHost.UseUrls(options.Urls);

        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        database.OnConfigurationChanged = app.Services.GetRequiredService<Catalog>().Forget;
        database.OnMessageQueued = app.Services.GetRequiredService<OutboxSignal>().Notify;
        app.UseNode();
        app.UseTelemetry();
        if (isWorker) return app.MapWorker();
        await app.Services.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);
        app.UseDatabaseOutages();
        // Before routing: the fallback route matches every path, and a request that has a route is not looked for among the files.
        app.UseStaticFiles(ClientFiles.Options);
        app.UseWebSockets();
        app.UseRouting();
        app.UseCors();
        app.MapPoolhouse();
        return app;
    }

    /// <summary>The options, from wherever they stand.</summary>
    /// <exception cref="StartupException">They can't be used.</exception>
    /// <param name="args">Options.</param>
    /// <param name="environment">Development, Production, …; null takes DOTNET_ENVIRONMENT.</param>
    public static (WebApplicationBuilder Builder, ServerOptions Options) Read(string[] args, string? environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            // Options are read once, so nothing has to watch their files.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.AddInMemoryCollection(OptionsReader.ReadDotEnv(".env"));
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(OptionsReader.ReadArguments(args));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        return (builder, OptionsReader.Read(builder.Configuration, builder.Environment.IsDevelopment()));
    }

    /// <summary>Every service of a server.</summary>
    /// <param name="builder">Gets them.</param>
    /// <param name="options">What the operator set.</param>
    /// <param name="parts">What they stand on.</param>
    /// <param name="isWorker">Whether it only delivers messages.</param>
    public static void AddServer(WebApplicationBuilder builder, ServerOptions options, ServerParts parts, bool isWorker)
    {
        var (clock, random, ring, sealer, database, synthetic) = parts;
        var isDevelopment = builder.Environment.IsDevelopment();
        var services = builder.Services;
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(new WallClock(TimeProvider.System));
        services.AddSingleton(new RealTime(TimeProvider.System));
        services.AddSingleton(AmazonOptions.CredentialsOf(builder.Configuration));
        services.AddSingleton<IRandom>(random);
        services.AddSingleton(ring);
        services.AddSingleton(sealer);
        services.AddSingleton<Database>(database);
        services.AddSingleton<IDatabase>(database);
        services.AddSingleton<IDatabaseMaintenance>(database);
        services.AddSingleton(new SyntheticVerifier(synthetic));
        services.AddSingleton(new Issuer(new Uri(options.PublicUrl ?? options.Urls.Split(';')[0])));
        services.AddSingleton<Bootstrap>();
        services.AddNode(options);
        services.AddEngine(options, isDevelopment, Environment.ProcessorCount);
        services.AddCognito();
        services.AddOAuth();
        services.AddAccount(options);
        services.AddAccountSessions(options);
        services.AddKyc(options);
        services.AddHealth(options);
        services.AddInstruments();
        services.AddLogDelivery();
        services.AddCognitoIdentity(options, isDevelopment);
        if (isDevelopment) services.AddMailbox();
        services.AddHostedService<Upkeep>();
        if (isWorker) Worker.Reduce(services, listens: builder.Configuration[$"{OptionsReader.Section}:{nameof(ServerOptions.Urls)}"] is not null);
        services.AddMail(options, isDevelopment);
        services.AddCors(cors => cors.AddPolicy(Routes.AccountPolicy, policy => (options.AllowedOrigins.Contains("*") ? policy : policy.AllowCredentials())
            .WithOrigins(options.AllowedOrigins)
            .WithHeaders("Authorization", "Content-Type")
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .SetPreflightMaxAge(TimeSpan.FromHours(2))));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
    }

    /// <summary>Where the data are: what is configured, or a file in the data folder.</summary>
    public static string ConnectionString(ServerOptions options) => options.Database ?? "Data Source=" + Path.Combine(options.Data, "poolhouse.db");

    private static async Task<Database> OpenAsync(ServerOptions options, Sealer sealer, TimeProvider clock, ConfigurationManager configuration)
    {
        if (options.Database is null) DataFolder.Create(options.Data);
        try
        {
            var database = DatabaseFactory.Create(ConnectionString(options), sealer, clock);
            // Before there is a host: its services are made from what is in the database.
            using var logs = LoggerFactory.Create(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole());
            database.OnMigrationWait = () => DatabaseWatch.LogMigrationWaits(logs.CreateLogger<DatabaseWatch>());
            await database.MigrateAsync(CancellationToken.None);
            database.OnMigrationWait = null;
            return database;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.Data.Common.DbException)
        {
            throw new StartupException($"The database can't be opened: {e.Message}");
        }
    }
}

/// <summary>What a server stands on, made before its services.</summary>
/// <param name="Clock">The engine's time.</param>
/// <param name="Random">Its randomness.</param>
/// <param name="Ring">The master keys.</param>
/// <param name="Sealer">Seals under them.</param>
/// <param name="Database">Where everything is kept.</param>
/// <param name="Synthetic">From which users that don't exist get their salts.</param>
internal sealed record ServerParts(VirtualClock Clock, IRandom Random, MasterKeyRing Ring, Sealer Sealer, Database Database, byte[] Synthetic);
