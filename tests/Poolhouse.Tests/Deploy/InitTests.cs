using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Poolhouse.Core.Sealing;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Docs;

namespace Poolhouse.Tests.Deploy;

/// <summary>deploy/init makes secrets that the server takes.</summary>
public sealed class InitTests : IDisposable
{
    private const string Smtp = "smtp://user:word@mail.example.com:587?from=accounts@example.com";
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("poolhouse-init-").FullName, "secrets");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public async Task What_it_makes_starts_a_server_in_earnest()
    {
        (await RunAsync(folder, Smtp)).ShouldBe(0);

        var service = DeployFiles.Documents("compose.yaml")[0].MapAt("services", "node1", "environment");
        var settings = service.Keys.Where(name => name.StartsWith("POOLHOUSE__", StringComparison.Ordinal) && name.EndsWith("FILE", StringComparison.Ordinal))
            .ToDictionary(name => name.Replace("__", ":", StringComparison.Ordinal), name => (string?)Path.Combine(folder, Path.GetFileName(service[name].ToString())), StringComparer.Ordinal);
        settings.Count.ShouldBeGreaterThan(4);
        var options = OptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), isDevelopment: false);

        options.Smtp.ShouldBe(Smtp);
        options.AccessKeys.ShouldHaveSingleItem().Value.Length.ShouldBe(40);
        options.Database!.ShouldContain(Read("postgres-password"));
        Read("redis.conf").ShouldBe("requirepass " + options.Redis!.Split("password=")[1]);
        Should.NotThrow(() => MasterKeyRing.Parse(options.MasterKey!));
    }

    [Fact]
    public async Task Every_run_elsewhere_makes_other_secrets_and_a_second_run_none()
    {
        (await RunAsync(folder, Smtp)).ShouldBe(0);
        var before = Contents(folder);
        (await RunAsync(folder)).ShouldBe(0);
        Contents(folder).ShouldBe(before);

        var other = folder + "-2";
        (await RunAsync(other, Smtp)).ShouldBe(0);

        foreach (var (name, text) in Contents(other)) (name == "smtp" || text != before[name]).ShouldBeTrue(name);
    }

    [Fact]
    public async Task Half_made_secrets_are_completed_to_fit()
    {
        (await RunAsync(folder, Smtp)).ShouldBe(0);
        File.Delete(Path.Combine(folder, "database"));
        File.Delete(Path.Combine(folder, "redis"));

        (await RunAsync(folder)).ShouldBe(0);

        Read("database").ShouldContain("Password=" + Read("postgres-password") + ";");
        Read("redis.conf").ShouldBe("requirepass " + Read("redis").Split("password=")[1]);
    }

    [Fact]
    public async Task Only_its_owner_may_enter_the_folder_and_nobody_may_write_the_files()
    {
        if (OperatingSystem.IsWindows()) return;
        (await RunAsync(folder, Smtp)).ShouldBe(0);

        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A node is not root and has to read them; Compose mounts files as they are.
        foreach (var file in Directory.EnumerateFiles(folder)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    [Fact]
    public async Task Without_a_mail_server_it_makes_nothing()
    {
        (await RunAsync(folder)).ShouldBe(2);

        Directory.EnumerateFiles(folder).ShouldBeEmpty();
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name)).Trim();

    private static Dictionary<string, string> Contents(string path) =>
        Directory.EnumerateFiles(path).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    private static async Task<int> RunAsync(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [Repository.PathOf("deploy", "init"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["POOLHOUSE_SECRETS"] = path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        // What it says may be kept by a terminal: no secret is in it.
        var said = await output + await error;
        foreach (var (name, text) in Contents(path)) said.ShouldNotContain(text.Trim(), customMessage: name);
        return process.ExitCode;
    }
}
