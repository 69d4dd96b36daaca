using System.Net;
using System.Net.Http.Json;

namespace Poolhouse.Conformance.Running;

/// <summary>What <c>dotnet publish</c> leaves is the whole program: it runs from any folder, with nothing but variables of the environment.</summary>
public sealed class PublishedTests
{
    [Fact]
    public async Task The_published_program_starts_from_another_folder_with_options_of_the_environment_only()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("poolhouse-published-").FullName;
        var program = Path.Combine(folder, "app");
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Repository.Server)))!;
        // What was built for the tests, put together as for an installation.
        await Command.RunAsync(
            ["dotnet", "publish", Path.Combine(Repository.Root, "src", "Poolhouse.Server"), "--no-build", "--configuration", configuration, "--output", program, "--nologo", "-nodeReuse:false"]);
        var secret = Path.Combine(folder, "master-key");
        await File.WriteAllTextAsync(secret, Convert.ToBase64String(new byte[32]), ct);
        var url = $"http://127.0.0.1:{RunningServer.FreePort()}";
        var environment = RunningServer.CleanEnvironment();
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["HOME"] = "/nonexistent";
        // Images of ASP.NET Core set it; Urls decides.
        environment["ASPNETCORE_HTTP_PORTS"] = "";
        environment["POOLHOUSE__URLS"] = url;
        environment["POOLHOUSE__DATA"] = Path.Combine(folder, "data");
        environment["POOLHOUSE__MASTERKEYFILE"] = secret;

        await using (var process = await GuardedProcess.StartAsync(["dotnet", Path.Combine(program, "Poolhouse.Server.dll")], elsewhere, environment, "ready on"))
        {
            await process.ReadyAsync();
            using var http = new HttpClient { BaseAddress = new Uri(url) };

            (await http.GetAsync("/health/ready", ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await http.GetStringAsync("/", ct)).ShouldContain("<script", customMessage: "the web client is part of it");
            // The list of common passwords and the texts are, too.
            var check = await http.PostAsJsonAsync("/api/v1/auth/password-check", new { password = "Password123" }, ct);
            (await check.Content.ReadAsStringAsync(ct)).ShouldContain("\"breached\":true");
            (await process.SignalAsync("TERM")).ShouldBe(0);
        }

        Directory.EnumerateFileSystemEntries(elsewhere).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }
}
