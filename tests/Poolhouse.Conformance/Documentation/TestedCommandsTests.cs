using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Documentation;

/// <summary>What the README and the documents tell people to type works.</summary>
public sealed class TestedCommandsTests
{
    // What documents call a server that was just started.
    private const string DocumentedUrl = "http://localhost:8001";
    private const string WebhookSecret = "a secret of the webhook's";

    /// <summary>Documents with marked commands, by their path in the repository.</summary>
    public static TheoryData<string> Documents => [.. Files().Where(file => Read(file) is not null)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Documents))]
    public async Task Every_marked_command_of_a_document_succeeds_in_its_order(string document)
    {
        Need.Tool(Need.Find("aws", "/usr/bin/aws"), "The AWS command line");
        var port = RunningServer.FreePort();
        await using var server = await RunningServer.StartAsync(Settings(port));
        var script = Read(document)!.Replace(DocumentedUrl, server.Url, StringComparison.Ordinal);

        var result = await Command.TryAsync(["bash", "-c", script], Environment(server, port), Repository.Root);

        result.Code.ShouldBe(0, $"{result.Output}\n{result.Error}");
    }

    [Fact]
    public void Only_marked_blocks_are_run()
    {
        var script = TestedCommands.Of(["```sh", "rm -rf /", "```", "<!-- tested -->", "```sh", "echo yes", "```"]);

        script.ShouldNotBeNull();
        script.ShouldContain("echo yes");
        script.ShouldNotContain("rm");
    }

    [Fact]
    public void A_mark_before_something_else_is_a_mistake() =>
        Should.Throw<InvalidOperationException>(() => TestedCommands.Of(["text", "<!-- tested -->", "", "```sh", "```"])).Message.ShouldStartWith("Line 2:");

    private static IEnumerable<string> Files()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var all = Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories) : []);
        return all.Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);
    }

    /// <summary>What docs/migration.md has people start the server with.</summary>
    private static Dictionary<string, string?> Settings(int webhookPort) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["POOLHOUSE__FUNCTIONS__OLD__FUNCTION"] = "old",
        ["POOLHOUSE__FUNCTIONS__OLD__KIND"] = "webhook",
        ["POOLHOUSE__FUNCTIONS__OLD__URL"] = $"http://localhost:{webhookPort}/",
        ["POOLHOUSE__FUNCTIONS__OLD__SECRET"] = WebhookSecret,
    };

    /// <summary>A folder with the program under the name that documents call it by.</summary>
    private static string ProgramFolder(RunningServer server)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "bin")).FullName;
        var program = Path.Combine(folder, "poolhouse");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Repository.Server}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }

    private static string? Read(string document) => TestedCommands.Of(File.ReadAllLines(Path.Combine(Repository.Root, document)));

    // A reader's shell: the server runs, credentials are any, and nothing else is set up.
    private static Dictionary<string, string?> Environment(RunningServer server, int webhookPort) => new(Settings(webhookPort), StringComparer.Ordinal)
    {
        ["POOLHOUSE__DATA"] = Path.Combine(server.Folder, "data"),
        ["POOLHOUSE__DATABASE"] = server.Database,
        ["WEBHOOK_PORT"] = $"{webhookPort}",
        ["BASE_URL"] = server.Url,
        ["POOL_ID"] = RunningServer.PoolId,
        // Debian's command line first, which is also what AwsCli takes.
        ["PATH"] = ProgramFolder(server) + ":/usr/bin:" + System.Environment.GetEnvironmentVariable("PATH"),
        ["CLIENT_ID"] = RunningServer.ClientId,
        ["AWS_ACCESS_KEY_ID"] = "any",
        ["AWS_SECRET_ACCESS_KEY"] = "any",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_CONFIG_FILE"] = Path.Combine(server.Folder, "none"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(server.Folder, "none"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
        ["NO_PROXY"] = "localhost",
    };
}
