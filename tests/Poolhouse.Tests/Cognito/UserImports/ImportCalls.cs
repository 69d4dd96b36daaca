using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserImports;

/// <summary>Calls about import jobs, short.</summary>
internal static class ImportCalls
{
    private const string Role = "arn:aws:iam::000000000000:role/CognitoCloudWatchLogsRole";

    /// <summary>A row whose user can be imported, but for what is said otherwise.</summary>
    public static Dictionary<string, string> Person(string name, params (string Column, string Value)[] values)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cognito:username"] = name, ["cognito:mfa_enabled"] = "false", ["email"] = name + "@example.com", ["email_verified"] = "true",
        };
        foreach (var (column, value) in values) row[column] = value;
        return row;
    }

    /// <summary>A file of these rows.</summary>
    public static async Task<string> CsvAsync(this TestPool pool, params Dictionary<string, string>[] rows)
    {
        var answer = await pool.ConfigureAsync("GetCSVHeader").ShouldSucceedAsync();
        string[] header = [.. answer["CSVHeader"]!.AsArray().Select(n => n!.GetValue<string>()), .. rows.Any(r => r.ContainsKey("cognito:password_hash")) ? ["cognito:password_hash"] : Array.Empty<string>()];
        var lines = rows.Select(row => string.Join(',', header.Select(column => row.GetValueOrDefault(column, "").Replace(",", "\\,", StringComparison.Ordinal))));
        return string.Join('\n', lines.Prepend(string.Join(',', header)));
    }

    /// <summary>A new job.</summary>
    public static async Task<JsonObject> CreateJobAsync(this TestPool pool, string? algorithm = null)
    {
        var request = new JsonObject { ["JobName"] = "Test", ["CloudWatchLogsRoleArn"] = Role };
        if (algorithm is not null) request["PasswordHashingAlgorithm"] = algorithm;
        return (await pool.ConfigureAsync("CreateUserImportJob", request).ShouldSucceedAsync())["UserImportJob"]!.AsObject();
    }

    /// <summary>Sends a file as Amazon's guide has curl do it.</summary>
    public static async Task<(int Status, string Text)> UploadAsync(this TestPool pool, string url, string csv)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv)) };
        request.Headers.Add("x-amz-server-side-encryption", "aws:kms");
        using var response = await pool.World.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A call about a job.</summary>
    public static Task<Answer> OfJobAsync(this TestPool pool, string operation, JsonObject job) =>
        pool.ConfigureAsync(operation, new JsonObject { ["JobId"] = job.Text("JobId") });

    /// <summary>The job as it is now.</summary>
    public static async Task<JsonObject> DescribeJobAsync(this TestPool pool, JsonObject job) =>
        (await pool.OfJobAsync("DescribeUserImportJob", job).ShouldSucceedAsync())["UserImportJob"]!.AsObject();

    /// <summary>A job with a file, not started.</summary>
    public static async Task<JsonObject> UploadedJobAsync(this TestPool pool, string csv, string? algorithm = null)
    {
        var job = await pool.CreateJobAsync(algorithm);
        (await pool.UploadAsync(job.Text("PreSignedUrl")!, csv)).Status.ShouldBe(200);
        return job;
    }

    /// <summary>A job from its making to its end.</summary>
    public static async Task<JsonObject> ImportAsync(this TestPool pool, string csv, string? algorithm = null)
    {
        var job = await pool.UploadedJobAsync(csv, algorithm);
        await pool.OfJobAsync("StartUserImportJob", job).ShouldSucceedAsync();
        return await pool.EndedAsync(job);
    }

    /// <summary>The job once it has ended, waited for.</summary>
    public static async Task<JsonObject> EndedAsync(this TestPool pool, JsonObject job)
    {
        for (var i = 0; i < 400; i++)
        {
            var now = await pool.DescribeJobAsync(job);
            if (now.Text("Status") is not ("Pending" or "InProgress" or "Stopping")) return now;
            await Task.Delay(50);
        }

        throw new TimeoutException("The import doesn't end.");
    }

    /// <summary>The lines of an ended job's log.</summary>
    public static Task<string[]> LogAsync(this TestPool pool, JsonObject job) => File.ReadAllLinesAsync(
        Path.Combine(pool.World.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Data, "imports", job.Text("JobId") + ".log"));

    /// <summary>Imported, skipped and failed.</summary>
    public static (long Imported, long Skipped, long Failed) Counts(this JsonObject job) =>
        (job["ImportedUsers"]!.GetValue<long>(), job["SkippedUsers"]!.GetValue<long>(), job["FailedUsers"]!.GetValue<long>());
}
