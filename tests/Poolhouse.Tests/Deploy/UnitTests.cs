using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Deploy;

/// <summary>deploy/systemd. What systemd itself says of the unit, where it is installed, and that the unit hangs together.</summary>
public sealed partial class UnitTests
{
    private const string Program = "/usr/bin/systemd-analyze";

    [Fact]
    public async Task Systemd_understands_every_line()
    {
        Assert.SkipUnless(File.Exists(Program), "systemd is not installed.");
        var folder = Directory.CreateTempSubdirectory("poolhouse-unit-").FullName;
        // It looks whether the program is there; .NET may be elsewhere on this machine.
        var unit = DeployFiles.Text("systemd/poolhouse.service").Replace("ExecStart=/usr/bin/dotnet", "ExecStart=/bin/sh", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "poolhouse.service"), unit + "\n" + DeployFiles.Text("systemd/engines.conf"), TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync("verify", "--man=no", Path.Combine(folder, "poolhouse.service"));

        Directory.Delete(folder, recursive: true);
        said.ShouldNotContain("poolhouse.service:");
        code.ShouldBe(0, said);
    }

    [Fact]
    public void Every_secret_that_an_option_names_is_handed_over()
    {
        var engines = DeployFiles.Text("systemd/engines.conf");
        var unit = DeployFiles.Text("systemd/poolhouse.service");
        var given = Credential().Matches(unit + engines).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["path"].Value, StringComparer.Ordinal);

        var used = Used().Matches(unit + engines).Select(match => match.Groups["name"].Value).ToList();

        used.Order().ShouldBe(given.Keys.Order());
        given.ShouldAllBe(pair => pair.Value == "/etc/poolhouse/secrets/" + pair.Key);
    }

    [Theory]
    [InlineData("DynamicUser=yes")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("StateDirectory=poolhouse")]
    [InlineData("SystemCallFilter=@system-service")]
    public void It_is_shut_in(string line) => DeployFiles.Text("systemd/poolhouse.service").Split('\n').ShouldContain(line);

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex("^LoadCredential=(?<name>[a-z-]+):(?<path>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Credential();

    [GeneratedRegex("FILE=%d/(?<name>[a-z-]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Used();
}
