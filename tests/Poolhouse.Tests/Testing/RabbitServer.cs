using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// A real rabbitmq-server on free ports with TLS beside the plain one, its own data, cookie and port mapper. It takes seconds to start, so tests share
/// one and have queues of their own; tests that kill it start theirs. A shell holds it and ends it when the pipe from this process breaks.
/// </summary>
internal sealed class RabbitServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Started = "Server startup complete";

    // The server is a script and what it starts: a session of their own, so that one signal reaches all.
    private const string Guard = """
        epmd -port $ERL_EPMD_PORT -address 127.0.0.1 > /dev/null 2>&1 & mapper=$!
        setsid "$@" < /dev/null > "$LOG" 2>&1 & server=$!
        echo $server
        cat > /dev/null
        /bin/kill -KILL -- -$server
        kill -KILL $mapper
        """;

    private static readonly Lazy<Task<RabbitServer>> Shared = new(StartAnyAsync);
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-rabbit-").FullName;
    private readonly int port = Ports.Free();
    private readonly int tlsPort = Ports.Free();
    private Process? shell;
    private int process;

    private RabbitServer() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    /// <summary>The certificate of who vouches for the server's name, as a PEM file.</summary>
    public string Authority => Path.Combine(folder, "ca.pem");

    /// <summary>The server that tests share; skips the test where RabbitMQ is not installed, fails it in CI.</summary>
    public static Task<RabbitServer> OnAsync()
    {
        Require();
        return Shared.Value;
    }

    /// <summary>A server of the test's own.</summary>
    public static Task<RabbitServer> StartAsync()
    {
        Require();
        return StartAnyAsync();
    }

    /// <summary>For the option <c>RabbitMq</c>.</summary>
    /// <param name="settings">What follows the question mark.</param>
    /// <param name="user">Who signs in, with password.</param>
    public string Uri(string settings = "", string user = "guest:guest") => $"amqp://{user}@127.0.0.1:{port}/?{settings}";

    /// <summary>The same with TLS.</summary>
    public string TlsUri(string settings, string host = "localhost") => $"amqps://guest:guest@{host}:{tlsPort}/?{settings}";

    /// <summary><c>kill -9</c>.</summary>
    public void Kill()
    {
        shell?.StandardInput.Close();
        shell?.WaitForExit();
        shell?.Dispose();
        shell = null;
    }

    /// <summary>It stands still (SIGSTOP): connections stay, nothing is answered.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>It goes on, with everything that it was sent meanwhile.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>Starts it once more after <see cref="Kill"/>.</summary>
    /// <param name="withData">Whether it finds what it had.</param>
    public async Task StartAgainAsync(bool withData)
    {
        var data = Path.Combine(folder, "data");
        if (!withData && Directory.Exists(data)) Directory.Delete(data, recursive: true);
        var log = Path.Combine(folder, "log");
        File.Delete(log);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", Program]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in Environment(data, log)) start.Environment[name] = value;
        shell = Process.Start(start)!;
        process = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        for (var attempt = 0; !File.Exists(log) || !(await ReadAsync(log)).Contains(Started, StringComparison.Ordinal); attempt++)
        {
            if (attempt == 1200) throw new TimeoutException("rabbitmq-server does not start:\n" + await ReadAsync(log));
            await Task.Delay(50);
        }
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private static void Require()
    {
        if (File.Exists(Program)) return;
        if (System.Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("RabbitMQ is not installed, but CI has to test with it.");
        Assert.Skip("RabbitMQ is not installed.");
    }

    private static async Task<RabbitServer> StartAnyAsync()
    {
        var server = new RabbitServer();
        server.Configure();
        await server.StartAgainAsync(withData: false);
        return server;
    }

    private void Configure()
    {
        var (authority, certificate, key) = Certificates();
        File.WriteAllText(Authority, authority);
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate);
        File.WriteAllText(Path.Combine(folder, "server.key"), key);
        File.WriteAllText(Path.Combine(folder, "rabbit.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            listeners.ssl.1 = 127.0.0.1:{tlsPort}
            ssl_options.cacertfile = {Authority}
            ssl_options.certfile = {folder}/server.pem
            ssl_options.keyfile = {folder}/server.key
            log.console.level = info

            """);
        File.WriteAllText(Path.Combine(folder, "plugins"), "[].");
        // Else every start asks a name server for this machine, and waits for it where there is none.
        File.WriteAllText(Path.Combine(folder, "inetrc"), $$"""
            {lookup, [file]}.
            {host, {127,0,0,1}, ["localhost", "{{Dns.GetHostName()}}"]}.

            """);
        Directory.CreateDirectory(Path.Combine(folder, "home"));
    }

    private Dictionary<string, string> Environment(string data, string log) => new()
    {
        ["LOG"] = log,
        ["HOME"] = Path.Combine(folder, "home"),
        ["ERL_INETRC"] = Path.Combine(folder, "inetrc"),
        ["ERL_EPMD_PORT"] = $"{Ports.Free()}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = "poolhouse@localhost",
        ["RABBITMQ_DIST_PORT"] = $"{Ports.Free()}",
        ["RABBITMQ_MNESIA_BASE"] = data,
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "logs"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbit"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none",
    };

    // What a company's own authority does: one that vouches for "localhost".
    private static (string Authority, string Certificate, string Key) Certificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var issuer = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(29), RandomNumberGenerator.GetBytes(8));
        return (issuer.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", "--", $"-{process}"]);
        kill.WaitForExit();
    }

    private void End()
    {
        Kill();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // The server writes to it meanwhile.
    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
