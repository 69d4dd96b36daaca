using System.Diagnostics;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Users from a file, by the AWS command line and the curl line of Amazon's guide.</summary>
public sealed class ImportTests(DevelopmentServer development)
{
    [Fact]
    public async Task A_file_is_sent_with_curl_and_imported()
    {
        var server = development.Server;
        var aws = new AwsCli(server);
        var pool = (await aws.CallAsync("create-user-pool", "--pool-name", "Import", "--auto-verified-attributes", "email"))["UserPool"]!["Id"]!.GetValue<string>();
        var header = (await aws.CallAsync("get-csv-header", "--user-pool-id", pool))["CSVHeader"]!.AsArray().Select(n => n!.GetValue<string>()).ToList();
        var file = Path.Combine(server.Folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(file, [string.Join(',', header), Row(header, "ann"), Row(header, "bob"), Row(header, "ann")]);

        var created = (await aws.CallAsync(
            "create-user-import-job", "--job-name", "From the old system", "--user-pool-id", pool,
            "--cloud-watch-logs-role-arn", "arn:aws:iam::111111111111:role/CognitoCloudWatchLogsRole"))["UserImportJob"]!;
        var job = created["JobId"]!.GetValue<string>();
        var curl = await Command.RunAsync(
            [Need.Tool(Need.Find("curl", "/usr/bin/curl"), "curl"), "-sS", "-T", file, "-H", "x-amz-server-side-encryption:aws:kms", "-w", "%{http_code}", created["PreSignedUrl"]!.GetValue<string>()]);
        curl.ShouldBe("200");
        (await aws.CallAsync("start-user-import-job", "--user-pool-id", pool, "--job-id", job))["UserImportJob"]!["StartDate"].ShouldNotBeNull();
        var ended = await EndedAsync(aws, pool, job);

        ended["Status"]!.GetValue<string>().ShouldBe("Succeeded");
        (Number(ended, "ImportedUsers"), Number(ended, "SkippedUsers"), Number(ended, "FailedUsers")).ShouldBe((2, 1, 0));
        (await aws.CallAsync("admin-get-user", "--user-pool-id", pool, "--username", "ann"))["UserStatus"]!.GetValue<string>().ShouldBe("RESET_REQUIRED");
        (await aws.CallAsync("list-user-import-jobs", "--user-pool-id", pool, "--max-results", "5"))["UserImportJobs"]!.AsArray().Count.ShouldBe(1);
        (await aws.TryAsync("stop-user-import-job", "--user-pool-id", pool, "--job-id", job)).Error.ShouldContain("(PreconditionNotMetException)");
        (await File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "imports", job + ".log")))[^1].ShouldBe("[SKIPPED] Line Number 4 - The user already exists.");
    }

    private static async Task<JsonNode> EndedAsync(AwsCli aws, string pool, string job)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var now = (await aws.CallAsync("describe-user-import-job", "--user-pool-id", pool, "--job-id", job))["UserImportJob"]!;
            if (now["Status"]!.GetValue<string>() is not ("Pending" or "InProgress") || clock.Elapsed > TimeSpan.FromSeconds(60)) return now;
        }
    }

    private static string Row(List<string> header, string name) => string.Join(',', header.Select(column => column switch
    {
        "cognito:username" => name,
        "cognito:mfa_enabled" => "false",
        "email" => name + "@example.com",
        "email_verified" => "true",
        _ => "",
    }));

    private static long Number(JsonNode job, string name) => job[name]!.GetValue<long>();
}
