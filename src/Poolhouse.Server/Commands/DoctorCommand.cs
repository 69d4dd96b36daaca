using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Commands.Examinations;
using Poolhouse.Server.Development;
using Poolhouse.Server.Health;
using Poolhouse.Server.Options;
using Poolhouse.Storage;
using Spectre.Console;

namespace Poolhouse.Server.Commands;

/// <summary>
/// <c>poolhouse doctor</c>: reads the options as the server would, looks at everything that it would stand on, and says what is wrong and what to do.
/// It starts nothing, applies no migration and leaves nothing behind; beside a running server it may be run at any time.
/// </summary>
internal static class DoctorCommand
{
    private const int Good = 0;
    private const int SomethingIsOut = 1;

    /// <summary>How long each examination may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Looks and reports.</summary>
    /// <returns>0 where all is well or there are warnings only, 1 where something is out.</returns>
    /// <param name="args">Its own options and the server's.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="environment">Development, Production, …; null takes DOTNET_ENVIRONMENT.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="StartupException">The options can't be used: a server would not start.</exception>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, string? environment = null, CancellationToken ct = default)
    {
        var arguments = new CommandArguments(args);
        var isJson = arguments.Flag("--json");
        var (builder, options) = ServerBuilder.Read(arguments.Left, environment);
        await using var app = Build(builder, options);
        var findings = await ExamineAsync(app.Services, ct);
        if (isJson) await console.Out.WriteLineAsync(JsonSerializer.Serialize(new DoctorResult(findings.Max(finding => finding.Level), findings), DoctorJson.Default.DoctorResult));
        else Print(console, findings);
        return findings.Any(finding => finding.Level == FindingLevel.Out) ? SomethingIsOut : Good;
    }

    private static WebApplication Build(WebApplicationBuilder builder, ServerOptions options)
    {
        var random = new SystemRandom();
        var clock = new VirtualClock(TimeProviderOfHost);
        var isKeyMissing = options.MasterKey is null && !File.Exists(Path.Combine(options.Data, "master.key"));
        // Any key will do where the first start is still to make one: nothing is sealed yet.
        var ring = isKeyMissing ? MasterKeyRing.Parse(Convert.ToHexString(random.Bytes(MasterKeyRing.KeyLength))) : MasterKeys.Load(options, random);
        var sealer = new Sealer(ring, random);
        var missing = options.Database is null && !File.Exists(Path.Combine(options.Data, "poolhouse.db")) ? Path.Combine(options.Data, "poolhouse.db") : null;
        var target = new DoctorTarget(builder.Environment.IsDevelopment(), missing, isKeyMissing, clock.GetUtcNow());
        ServerBuilder.AddServer(builder, options, new ServerParts(clock, random, ring, sealer, Open(options, sealer, clock), random.Bytes(32)), isWorker: false);

        var services = builder.Services;
        services.RemoveAll<IHostedService>();
        builder.Logging.ClearProviders();
        services.AddSingleton(target);
        services.AddSingleton<IExamination, DatabaseExamination>();
        services.AddSingleton<IExamination, KeysExamination>();
        if (options.Redis is { } redis) services.AddSingleton<IExamination>(_ => new RedisExamination(redis, random, clock));
        var smtp = options.Smtp is not null && SmtpOptions.TryParse(options.Smtp, out var parsed, out _) ? parsed : null;
        // SES has its check.
        if (options.Ses is null) services.AddSingleton<IExamination>(_ => new MailExamination(smtp, target.IsDevelopment));
        services.AddSingleton<IExamination, DocumentsExamination>();
        services.AddSingleton<IExamination, AddressesExamination>();
        services.AddSingleton<IExamination, HostExamination>();
        return builder.Build();
    }

#pragma warning disable RS0030 // As the composition root does; the database's clock is compared with the real one.
    private static TimeProvider TimeProviderOfHost => TimeProvider.System;
#pragma warning restore RS0030

    private static Database Open(ServerOptions options, Sealer sealer, TimeProvider clock)
    {
        try
        {
            return DatabaseFactory.Create(ServerBuilder.ConnectionString(options), sealer, clock);
        }
        catch (ArgumentException problem)
        {
            throw new StartupException($"The database can't be opened: {problem.Message}");
        }
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(IServiceProvider services, CancellationToken ct)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        List<IEngineCheck> examinations = [.. services.GetServices<IExamination>().Select(examination => new Examined(examination))];
        var parts = examinations.Select(examination => examination.Name).ToHashSet(StringComparer.Ordinal);
        examinations.AddRange(services.GetServices<IEngineCheck>().Where(check => !parts.Contains(check.Name)));
        var found = await Task.WhenAll(examinations.Select(async check =>
        {
            var state = await EngineAsking.AskAsync(check, Patience, clock, ct);
            return check is Examined { Findings: { } findings } ? findings : [Of(check, state)];
        }));
        return [.. found.SelectMany(findings => findings)];
    }

    private static Finding Of(IEngineCheck check, EngineState state) => state.IsWell
        ? Finding.Good(check.Name, state.Text)
        : new Finding(check.Name, FindingLevel.Out, state.Text, check is Examined ? "Look whether it hangs, is overloaded, or is cut off." : null);

    private static void Print(CommandConsole console, IReadOnlyList<Finding> findings)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = console.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(console.Out),
        });
        // Lines are for people and for grep: none is broken.
        terminal.Profile.Width = 4_000;
        var width = findings.Max(finding => finding.Part.Length);
        foreach (var finding in findings)
        {
            var mark = finding.Level switch { FindingLevel.Good => "[green]✓[/]", FindingLevel.Warning => "[yellow]![/]", _ => "[red]✗[/]" };
            terminal.MarkupLine($"{mark} {Markup.Escape(finding.Part.PadRight(width))}  {Markup.Escape(finding.Text)}");
            if (finding.Remedy is { } remedy) terminal.MarkupLine($"  {new string(' ', width)}  [grey]→ {Markup.Escape(remedy)}[/]");
        }

        var (outs, warnings) = (findings.Count(finding => finding.Level == FindingLevel.Out), findings.Count(finding => finding.Level == FindingLevel.Warning));
        terminal.MarkupLine(outs > 0 ? $"[red]{outs} out[/], {warnings} to look at." : warnings > 0 ? $"Nothing is out; {warnings} to look at." : "[green]All is well.[/]");
    }

    /// <summary>An examination under the same limit, and the same catch, as a check.</summary>
    private sealed class Examined(IExamination examination) : IEngineCheck
    {
        public string Name => examination.Part;

        public bool IsRequired => true;

        /// <summary>What it found; null while it hasn't.</summary>
        public IReadOnlyList<Finding>? Findings { get; private set; }

        public async ValueTask<EngineState> CheckAsync(CancellationToken ct)
        {
            Findings = await examination.ExamineAsync(ct);
            return EngineState.Well("");
        }
    }
}
