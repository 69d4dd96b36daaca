using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Durability;

/// <summary><c>poolhouse import</c> is killed again and again beside a server that serves: started again it goes on, and each row counts once.</summary>
public sealed class LocalImportKillTests
{
    // Counted exactly up to 10,000.
    private const int People = 9_000;
    private const int Every = 500;
    private const string Password = "Correct-hörse-1";
    private const string Hash = "pbkdf2_sha256$1000$seasalt$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=";

    [Fact]
    public async Task An_import_survives_kills_on_SQLite()
    {
        await using var server = await RunningServer.StartAsync();

        await KillAndCompareAsync(server);
    }

    [Fact]
    public async Task An_import_survives_kills_on_PostgreSQL()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await using var server = await RunningServer.StartAsync("--database", postgres.ConnectionString);

        await KillAndCompareAsync(server);
    }

    private static async Task KillAndCompareAsync(RunningServer server)
    {
        var pool = (await server.Cognito.CallAsync("CreateUserPool", new() { ["PoolName"] = "Import" }))["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await server.Cognito.CallAsync("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = pool, ["ClientName"] = "Import", ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        var (file, report) = (Path.Combine(server.Folder, "people.csv"), Path.Combine(server.Folder, "failed.jsonl"));
        await File.WriteAllTextAsync(file, Rows());
        string[] command = ["import", file, "--pool", pool, "--resume", "--report", report, "--json"];

        var kills = 0;
        foreach (var enough in (int[])[1, People / 3, People * 2 / 3])
        {
            await using var import = await server.StartCommandAsync(command);
            await UntilAsync(server, pool, import, enough);
            if (!import.HasExited) kills++;
            await import.KillAsync();
            File.Exists(report).ShouldBeFalse();
            // The server goes on serving those who are there.
            (await SignInAsync(server, client, "person-0"))["AuthenticationResult"].ShouldNotBeNull();
        }

        kills.ShouldBe(3, "The kills have to fall into the middle of the work.");
        (await CountAsync(server, pool)).ShouldBeLessThan(People);
        var clock = Stopwatch.StartNew();
        await using var last = await server.StartCommandAsync(command);
        var code = await last.ExitAsync();
        TestContext.Current.SendDiagnosticMessage($"The rest in {clock.Elapsed.TotalSeconds:0.0} s.");

        code.ShouldBe(1, last.Output);
        var result = JsonNode.Parse(last.Output.Split('\n').Single(line => line.StartsWith('{')))!;
        (result["imported"]!.GetValue<int>(), result["failed"]!.GetValue<int>(), result["complete"]!.GetValue<bool>()).ShouldBe((People - (People / Every), People / Every, true));
        (await CountAsync(server, pool)).ShouldBe(People - (People / Every));
        var failed = (await File.ReadAllLinesAsync(report)).Select(line => JsonNode.Parse(line)!).ToList();
        failed.Select(f => f["row"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, People / Every).Select(i => (i * Every) + 1));
        failed.ShouldAllBe(f => f["code"]!.GetValue<string>() == "STATUS_UNKNOWN");
        (await SignInAsync(server, client, $"person-{People - 2}"))["AuthenticationResult"].ShouldNotBeNull();
    }

    private static Task<JsonNode> SignInAsync(RunningServer server, string client, string name) => server.Cognito.CallAsync("InitiateAuth", new()
    {
        ["ClientId"] = client, ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = Password },
    });

    private static async Task<int> CountAsync(RunningServer server, string pool) =>
        (await server.Cognito.CallAsync("DescribeUserPool", new() { ["UserPoolId"] = pool }))["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>();

    private static async Task UntilAsync(RunningServer server, string pool, GuardedProcess import, int enough)
    {
        var clock = Stopwatch.StartNew();
        while (await CountAsync(server, pool) < enough && !import.HasExited)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), import.Output);
            await Task.Delay(10);
        }
    }

    private static string Rows()
    {
        var text = new StringBuilder("username,email,email_verified,name,status,password_hash\n");
        for (var i = 0; i < People; i++) text.Append(null, $"person-{i},person-{i}@example.com,true,\"Person, {i}\",{(i % Every == Every - 1 ? "archived" : "")},{Hash}\n");
        return text.ToString();
    }
}
