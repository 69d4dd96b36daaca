using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Poolhouse.Core.Primitives;
using Poolhouse.Server;
using Poolhouse.Server.Commands;
using Poolhouse.Server.Commands.Examinations;
using Poolhouse.Server.Wire;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

/// <summary><c>poolhouse doctor</c> with real engines that are well, broken, stopped and held still.</summary>
[Collection(Alone.Name)]
public sealed class DoctorTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-doctor-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Beside_a_server_that_is_well_everything_is_good()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var mail = new SmtpReceiver { Extensions = ["AUTH LOGIN PLAIN"], Answer = Accepting };
        var scanner = await ClamAvDaemon.GetAsync();
        string[] engines =
        [
            "--database", await (await PostgresAsync()).CreateDatabaseAsync(), "--redis", redis.Configuration, "--kyc:clam-av", $"tcp://127.0.0.1:{scanner.Port}",
            "--smtp", $"smtp://ann:secret@127.0.0.1:{mail.Port}", "--master-key", Key,
        ];
        await using var world = await World.StartAsync(Engine.Sqlite, engines);

        var (exit, findings, text) = await RunAsync("Development", [.. engines, "--urls", world.Url]);

        findings.Where(finding => finding.Level != FindingLevel.Good).ShouldBeEmpty();
        exit.ShouldBe(0);
        foreach (var part in new[] { "database", "documents", "host", "keys", "mail", "redis", "scanner" }) findings.Select(finding => finding.Part).ShouldContain(part);
        text.ShouldContain("✓ database   PostgreSQL ");
        text.ShouldContain("All is well.");
        text.ShouldContain($"A server answers at port {new Uri(world.Url).Port}.");
        text.ShouldContain("takes user and password");
        mail.Mails.ShouldBeEmpty();
        (await redis.CommandAsync("keys", "poolhouse:doctor:*")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_the_first_start_it_makes_nothing()
    {
        var (exit, findings, _) = await RunAsync("Development");

        exit.ShouldBe(0);
        findings.ShouldContain(finding => finding.Part == "database" && finding.Level == FindingLevel.Warning);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_embedded_database_is_looked_at_while_a_server_runs()
    {
        await using var node = await ServerBuilder.BuildAsync(["--urls", "http://127.0.0.1:0", "--data", folder], "Development");
        await node.StartAsync(Ct);

        var (exit, findings, text) = await RunAsync("Development");

        exit.ShouldBe(0, text);
        text.ShouldContain("SQLite");
        findings.ShouldContain(finding => finding.Part == "keys" && finding.Text.Contains("open and are fresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_database_stays_empty()
    {
        var database = await (await PostgresAsync()).CreateEmptyDatabaseAsync();

        var (_, findings, _) = await RunAsync("Development", "--database", database, "--master-key", Key);

        findings.ShouldContain(finding => finding.Part == "database" && finding.Text == "The database is empty.");
        findings.ShouldContain(finding => finding.Text.StartsWith("Tables can be made and written", StringComparison.Ordinal));
        (await ScalarAsync(database, "select count(*) from pg_tables where schemaname = 'public'")).ShouldBe(0L);
    }

    [Theory]
    [InlineData("Username=stranger", "refuses user and password")]
    [InlineData("Database=nowhere", "no database of that name")]
    [InlineData("Port=1", "No server answers.")]
    [InlineData("Options=-c default_transaction_read_only=on", "can't be made or written (SQLSTATE 25006)")]
    public async Task A_database_that_refuses_is_out_and_the_reason_is_said(string change, string expected)
    {
        var database = await (await PostgresAsync()).CreateDatabaseAsync();

        var (exit, findings, text) = await RunAsync("Development", "--database", $"{database};Password=very-secret;{change}", "--master-key", Key);

        exit.ShouldBe(1);
        findings.ShouldContain(finding => finding.Part == "database" && finding.Level == FindingLevel.Out && finding.Text.Contains(expected, StringComparison.Ordinal), text);
        text.ShouldNotContain("very-secret");
        text.ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_database_that_stands_still_is_out_in_time()
    {
        var server = await PostgresServer.StartOwnAsync();
        SkipWithout(server);
        var database = await server!.CreateDatabaseAsync();
        await server.PauseAsync();
        try
        {
            var watch = Stopwatch.StartNew();

            var (exit, findings, _) = await RunAsync("Development", "--database", database, "--master-key", Key);

            exit.ShouldBe(1);
            findings.ShouldContain(finding => finding.Part == "database" && finding.Level == FindingLevel.Out);
            watch.Elapsed.ShouldBeLessThan(DoctorCommand.Patience * 2);
        }
        finally
        {
            await server.ContinueAsync();
        }
    }

    [Fact]
    public async Task Another_master_key_than_the_one_that_sealed_is_told_with_the_tables()
    {
        var database = await (await PostgresAsync()).CreateDatabaseAsync();
        await using (var world = await World.StartAsync(Engine.Sqlite, "--database", database, "--master-key", Key))
        {
            // A pool gets its keys when they are first asked for.
            (await world.Http.GetAsync("/us-east-1_Poolhouse/.well-known/jwks.json", Ct)).EnsureSuccessStatusCode();
        }

        var other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var (exit, findings, _) = await RunAsync("Development", "--database", database, "--master-key", other);
        var (both, _, text) = await RunAsync("Development", "--database", database, "--master-key", $"{other},{Key}");

        exit.ShouldBe(1);
        findings.ShouldContain(finding => finding.Part == "keys" && finding.Level == FindingLevel.Out && finding.Text.Contains("signing_keys", StringComparison.Ordinal));
        both.ShouldBe(0);
        text.ShouldContain("still need the older one");
    }

    [Fact]
    public async Task A_schema_that_waits_is_a_warning_and_one_that_is_too_new_is_out()
    {
        var database = await (await PostgresAsync()).CreateDatabaseAsync();
        await ScalarAsync(database, "delete from schema_migrations where version = 20 returning 1");

        var (exit, waiting, _) = await RunAsync("Development", "--database", database, "--master-key", Key);
        await ScalarAsync(database, "insert into schema_migrations (version, name, applied_at, serves) values (9999, '9999-later', 0, 9999) returning 1");
        var (later, served, _) = await RunAsync("Development", "--database", database, "--master-key", Key);

        exit.ShouldBe(0);
        waiting.ShouldContain(finding => finding.Level == FindingLevel.Warning && finding.Text.Contains("0020-users-by-age", StringComparison.Ordinal));
        later.ShouldBe(1);
        served.ShouldContain(finding => finding.Level == FindingLevel.Out && finding.Remedy!.StartsWith("Start the newer program", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-40, "Out")]
    [InlineData(40, "Out")]
    [InlineData(5, "Warning")]
    public async Task Clocks_that_differ_are_told(int seconds, string level)
    {
        await using var database = DatabaseFactory.Create(await (await PostgresAsync()).CreateDatabaseAsync(), TestSealer.Instance, TimeProvider.System);
        var clock = new WallClock(new ManualTime(DateTimeOffset.UtcNow.AddSeconds(seconds)));

        var findings = await new DatabaseExamination(database, new DoctorTarget(false, null, false, clock.Now), clock).ExamineAsync(Ct);

        findings.ShouldContain(finding => finding.Level.ToString() == level && finding.Text.StartsWith("Its clock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redis_is_looked_into()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.CommandAsync("config", "set", "maxmemory-policy", "allkeys-lru");
        (await RedisAsync(redis.Configuration)).ShouldContain(finding => finding.Level == FindingLevel.Warning && finding.Text.Contains("allkeys-lru", StringComparison.Ordinal));
        await redis.CommandAsync("config", "set", "requirepass", "right-password");
        var refused = (await RedisAsync(redis.Configuration + ",password=wrong-password")).Single();
        refused.Level.ShouldBe(FindingLevel.Out);
        refused.Text.ShouldBe("It refuses the password.");
        (await RedisAsync(redis.Configuration + ",password=right-password")).ShouldAllBe(finding => finding.Level != FindingLevel.Out);

        redis.Pause();
        var watch = Stopwatch.StartNew();
        (await RedisAsync(redis.Configuration)).Single().Text.ShouldBe("It does not answer.");
        watch.Elapsed.ShouldBeLessThan(DoctorCommand.Patience * 2);
        redis.Stop();
        (await RedisAsync(redis.Configuration)).Single().Level.ShouldBe(FindingLevel.Out);
    }

    [Theory]
    [InlineData("AUTH", "535 no", "AUTH LOGIN with 535")]
    [InlineData("EHLO", "550 no", "EHLO with 550")]
    [InlineData("CONNECT", "421 busy", "greets with 421")]
    public async Task A_mail_server_that_refuses_is_out_with_its_code(string verb, string reply, string expected)
    {
        await using var mail = new SmtpReceiver { Extensions = ["AUTH LOGIN"], Answer = asked => asked == verb ? SmtpAnswer.With(reply) : Accepting(asked) };

        var (exit, findings, text) = await RunAsync("Development", "--smtp", $"smtp://ann:very-secret@127.0.0.1:{mail.Port}");

        exit.ShouldBe(1);
        findings.ShouldContain(finding => finding.Part == "mail" && finding.Level == FindingLevel.Out && finding.Text.Contains(expected, StringComparison.Ordinal), text);
        text.ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task A_mail_server_without_STARTTLS_is_out_where_it_is_asked_for()
    {
        await using var mail = new SmtpReceiver();

        var (_, findings, _) = await RunAsync("Development", "--smtp", $"smtp://127.0.0.1:{mail.Port}?tls=true");

        findings.ShouldContain(finding => finding.Part == "mail" && finding.Text.Contains("offers no STARTTLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_Development_what_is_missing_is_told()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);

        var (exit, findings, _) = await RunAsync(
            "Production", "--master-key", Key, "--public-url", "http://accounts.example.com", "--lambda-endpoint", "http://127.0.0.1:1", "--otlp", "http://127.0.0.1:2");

        exit.ShouldBe(1);
        foreach (var (part, level, text) in new[]
        {
            ("host", FindingLevel.Out, "PublicUrl is not https"), ("mail", FindingLevel.Warning, "No mail server"), ("functions", FindingLevel.Out, "LambdaEndpoint"),
            ("telemetry", FindingLevel.Out, "the collector"), ("host", FindingLevel.Warning, "Other users of this machine"),
        })
            findings.ShouldContain(finding => finding.Part == part && finding.Level == level && finding.Text.Contains(text, StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_port_that_somebody_else_has_is_out()
    {
        await using var mail = new SmtpReceiver();

        var (exit, _, text) = await RunAsync("Development", "--urls", $"http://127.0.0.1:{mail.Port}");

        exit.ShouldBe(1);
        text.ShouldContain($"Something else listens at port {mail.Port}.");
    }

    [Fact]
    public async Task Options_that_a_server_would_not_start_with_are_refused_alike()
    {
        var problem = await Should.ThrowAsync<StartupException>(RunAsync("Production", "--public-url", "no"));

        problem.Message.ShouldContain("PublicUrl");
        problem.Message.ShouldContain("master key");
        (await ServerBuilder.RunAsync(["doctor", "--data", folder, "--no-such-option", "x"])).ShouldBe(2);
    }

    // The receiver makes verbs of all that is said, in upper case: user and password too.
    private static SmtpAnswer Accepting(string verb) => verb switch
    {
        "AUTH" => SmtpAnswer.With("334 VXNlcm5hbWU6"),
        "YW5U" => SmtpAnswer.With("334 UGFzc3dvcmQ6"),
        "C2VJCMV0" or "DMVYES1ZZWNYZXQ=" => SmtpAnswer.With("235 welcome"),
        _ => SmtpAnswer.Accept,
    };

    private static async Task<IReadOnlyList<Finding>> RedisAsync(string configuration) =>
        await new RedisExamination(configuration, new SystemRandom(), TimeProvider.System).ExamineAsync(Ct);

    private async Task<(int Exit, IReadOnlyList<Finding> Findings, string Text)> RunAsync(string environment, params string[] options)
    {
        string[] basic = [.. options.Contains("--urls") ? [] : new[] { "--urls", $"http://127.0.0.1:{Ports.Free()}" }, "--data", folder, .. options];
        var json = new StringWriter();
        var exit = await DoctorCommand.RunAsync([.. basic, "--json"], new CommandConsole(json, TextWriter.Null, IsTerminal: false), environment, Ct);
        var result = JsonSerializer.Deserialize(json.ToString(), DoctorJson.Default.DoctorResult)!;
        var text = new StringWriter();
        (await DoctorCommand.RunAsync(basic, new CommandConsole(text, TextWriter.Null, IsTerminal: false), environment, Ct)).ShouldBe(exit);
        json.ToString().ShouldNotContain("very-secret");
        return (exit, result.Findings, text.ToString());
    }

    private static async Task<PostgresServer> PostgresAsync()
    {
        var server = await PostgresServer.FindAsync();
        SkipWithout(server);
        return server!;
    }

    private static void SkipWithout(PostgresServer? server)
    {
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
