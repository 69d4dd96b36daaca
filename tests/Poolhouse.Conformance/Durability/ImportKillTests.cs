using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Durability;

/// <summary>A server is killed in the middle of an import: after its restart the import goes on, and each row counts once.</summary>
public sealed class ImportKillTests
{
    private const int People = 8_000;

    [Fact]
    public async Task An_import_survives_a_kill_on_SQLite()
    {
        await using var server = await RunningServer.StartAsync();

        await KillAndCompareAsync(server);
    }

    [Fact]
    public async Task An_import_survives_a_kill_on_PostgreSQL()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await using var server = await RunningServer.StartAsync("--database", postgres.ConnectionString);

        await KillAndCompareAsync(server);
    }

    private static async Task KillAndCompareAsync(RunningServer server)
    {
        var pool = (await server.Cognito.CallAsync("CreateUserPool", new() { ["PoolName"] = "Import", ["AutoVerifiedAttributes"] = new JsonArray("email") }))["UserPool"]!["Id"]!.GetValue<string>();
        var header = (await server.Cognito.CallAsync("GetCSVHeader", new() { ["UserPoolId"] = pool }))["CSVHeader"]!.AsArray().Select(n => n!.GetValue<string>()).ToList();
        var job = (await server.Cognito.CallAsync("CreateUserImportJob", new()
        {
            ["UserPoolId"] = pool, ["JobName"] = "Many", ["CloudWatchLogsRoleArn"] = "arn:aws:iam::111111111111:role/Logs",
        }))["UserImportJob"]!;
        var id = job["JobId"]!.GetValue<string>();
        using var uploaded = await server.Http.PutAsync(job["PreSignedUrl"]!.GetValue<string>(), new StringContent(File(header)));
        uploaded.EnsureSuccessStatusCode();
        await server.Cognito.CallAsync("StartUserImportJob", new() { ["UserPoolId"] = pool, ["JobId"] = id });
        await UntilAsync(server, pool, id, now => now["ImportedUsers"]!.GetValue<long>() > 0);

        await server.KillAsync();
        await server.StartAgainAsync();
        var found = await UntilAsync(server, pool, id, _ => true);
        found["Status"]!.GetValue<string>().ShouldBe("InProgress", "The kill has to fall into the middle of the work.");
        var before = found["ImportedUsers"]!.GetValue<long>();
        before.ShouldBeInRange(1, People - 1);
        // The lease of the dead server ends: time is moved, not waited for.
        using var moved = await server.Http.PostAsync("/dev/clock", new StringContent("""{"advance":"PT1M"}""", mediaType: new("application/json")));
        moved.EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        var ended = await UntilAsync(server, pool, id, now => now["Status"]!.GetValue<string>() is not ("Pending" or "InProgress"));
        TestContext.Current.SendDiagnosticMessage($"{People - before} users in {clock.Elapsed.TotalSeconds:0.0} s.");

        (ended["Status"]!.GetValue<string>(), ended["ImportedUsers"]!.GetValue<long>(), ended["SkippedUsers"]!.GetValue<long>(), ended["FailedUsers"]!.GetValue<long>())
            .ShouldBe(("Succeeded", People, 0, 0));
        var described = await server.Cognito.CallAsync("DescribeUserPool", new() { ["UserPoolId"] = pool });
        described["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>().ShouldBe(People);
        var log = await System.IO.File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "imports", id + ".log"));
        log.ShouldBe(Enumerable.Range(2, People).Select(line => $"[SUCCEEDED] Line Number {line} - The import succeeded."));
    }

    private static async Task<JsonNode> UntilAsync(RunningServer server, string pool, string job, Func<JsonNode, bool> isEnough)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var now = (await server.Cognito.CallAsync("DescribeUserImportJob", new() { ["UserPoolId"] = pool, ["JobId"] = job }))["UserImportJob"]!;
            if (isEnough(now) || clock.Elapsed > TimeSpan.FromMinutes(3)) return now;
            await Task.Delay(20);
        }
    }

    private static string File(List<string> header)
    {
        var text = new StringBuilder(string.Join(',', header)).Append('\n');
        for (var i = 0; i < People; i++)
        {
            text.AppendJoin(',', header.Select(column => column switch
            {
                "cognito:username" => $"person-{i}",
                "cognito:mfa_enabled" => "false",
                "email" => $"person-{i}@example.com",
                "email_verified" => "true",
                _ => "",
            })).Append('\n');
        }

        return text.ToString();
    }
}
