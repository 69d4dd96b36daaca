using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Server.Scanning;
using Poolhouse.Tests.Account.Kyc;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Scanning;

/// <summary>With a real clamd; what it never says is said by a socket of the test's.</summary>
public sealed class ClamAvTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clean_and_infected_files_are_told_apart(bool overTcp)
    {
        var daemon = await ClamAvDaemon.GetAsync();
        var scanner = Scanner(overTcp ? $"tcp://127.0.0.1:{daemon.Port}" : "unix:" + daemon.Socket);

        (await scanner.ScanAsync(Samples.Jpeg(), Ct)).ShouldBe(ScanVerdict.Clean);
        (await scanner.ScanAsync(ClamAvDaemon.Eicar, Ct)).ShouldBe(ScanVerdict.Infected);
        (await scanner.ScanAsync(Infected(), Ct)).ShouldBe(ScanVerdict.Infected);
        (await scanner.ScanAsync(new byte[10 * 1024 * 1024], Ct)).ShouldBe(ScanVerdict.Clean);
        (await scanner.ScanAsync(ReadOnlyMemory<byte>.Empty, Ct)).ShouldBe(ScanVerdict.Clean);
    }

    [Fact]
    public async Task More_than_the_daemon_takes_is_not_passed()
    {
        var daemon = await ClamAvDaemon.GetAsync();

        (await Scanner($"tcp://127.0.0.1:{daemon.Port}").ScanAsync(new byte[13 * 1024 * 1024], Ct)).ShouldBe(ScanVerdict.Unavailable);
    }

    [Fact]
    public async Task A_daemon_that_is_away_passes_nothing()
    {
        (await Scanner($"tcp://127.0.0.1:{UnusedPort()}").ScanAsync(new byte[1], Ct)).ShouldBe(ScanVerdict.Unavailable);
        (await Scanner("unix:/nowhere/clamd.ctl").ScanAsync(new byte[1], Ct)).ShouldBe(ScanVerdict.Unavailable);
    }

    [Theory]
    [InlineData("stream: OK\n")]
    [InlineData("stream: OK")]
    [InlineData("")]
    [InlineData("OK\0")]
    [InlineData("stream: OK FOUND ERROR\0")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("UNKNOWN COMMAND\0")]
    public async Task Any_other_answer_passes_nothing(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var server = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptTcpClientAsync(Ct);
                var stream = client.GetStream();
                await stream.WriteAsync(Samples.Bytes(answer), Ct);
                client.Client.Shutdown(SocketShutdown.Send);
                var buffer = new byte[1024];
                while (await stream.ReadAsync(buffer, Ct) > 0)
                {
                }
            },
            Ct);

        (await Scanner($"tcp://127.0.0.1:{port}").ScanAsync(new byte[1], Ct)).ShouldBe(ScanVerdict.Unavailable);
        await server;
    }

    [Fact]
    public async Task A_daemon_that_says_nothing_is_waited_for_only_so_long()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var verdict = await Scanner($"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", TimeSpan.FromMilliseconds(200)).ScanAsync(new byte[10 * 1024 * 1024], Ct);

        verdict.ShouldBe(ScanVerdict.Unavailable);
    }

    [Fact]
    public async Task Uploads_are_scanned_as_they_came()
    {
        var daemon = await ClamAvDaemon.GetAsync();
        await using var world = await World.StartAsync(Engine.Sqlite, "--Kyc:ClamAv", $"tcp://127.0.0.1:{daemon.Port}");
        var person = await world.AccountAsync();

        (await person.UploadAsync(Samples.Jpeg())).Good(201);
        (await person.UploadAsync(Infected(), "selfie")).ShouldBeProblem(400, "FILE_INFECTED");

        (await person.GetAsync("kyc/documents")).Good().Json["documents"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_scanner_away_nothing_is_taken()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--Kyc:ClamAv", $"tcp://127.0.0.1:{UnusedPort()}");
        var person = await world.AccountAsync();

        var refused = await person.UploadAsync(Samples.Jpeg());

        refused.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        refused.RetryAfter.ShouldNotBeNull();
        (await person.StatusAsync()).ShouldBe(("none", null));
    }

    /// <summary>A photo with the test file in a comment, which cleaning would take out.</summary>
    private static byte[] Infected() => Samples.InsertJpeg(Samples.PlainJpeg, Samples.Segment(0xFE, ClamAvDaemon.Eicar));

    private static ClamAv Scanner(string address, TimeSpan? patience = null) =>
        new(ClamAvAddress.Parse(address)!, patience ?? TimeSpan.FromSeconds(30), NullLogger<ClamAv>.Instance);

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
