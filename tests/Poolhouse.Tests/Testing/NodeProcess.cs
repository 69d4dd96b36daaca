using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>A server in a process of its own, in Development. It ends with the pipe from this process.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string Guard = """
        "$@" & server=$!
        echo "pid $server"
        cat > /dev/null
        kill -TERM $server 2> /dev/null
        wait $server
        """;

    private readonly Process shell;
    private readonly string folder;

    private NodeProcess(Process shell, string folder, string url)
    {
        this.shell = shell;
        this.folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(url) };
    }

    /// <summary>For calls.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="options">The server's.</param>
    public static async Task<NodeProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        var data = Directory.CreateTempSubdirectory("poolhouse-node-").FullName;
        var url = $"http://127.0.0.1:{Ports.Free()}";
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Poolhouse.Server.dll"), "--urls", url, "--data", data, .. options];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", .. command])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        // A run of tests may ask its own servers to be quiet; what this one logs is what the tests look at.
        start.Environment.Remove("Logging__LogLevel__Default");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var started = Process.Start(start)!;
        var errors = started.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            if (!line.StartsWith("ready on", StringComparison.Ordinal)) continue;
            _ = started.StandardOutput.ReadToEndAsync();
            return new NodeProcess(started, data, url);
        }

        throw new InvalidOperationException($"The server did not start: {output}{await errors}");
    }

    /// <summary>A call of the account API, which must succeed.</summary>
    public async Task<JsonObject> DoAsync(string path, JsonObject body, int status = 200)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("/api/v1/" + path, content);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A call of a user pool.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
        using var response = await Http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>The newest code that was mailed to an address, waited for.</summary>
    public async Task<string> CodeAsync(string to)
    {
        for (var i = 0; i < 400; i++)
        {
            var messages = JsonNode.Parse(await Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(to)))!.AsArray();
            if (messages.Count > 0) return messages[^1]!["code"]!.GetValue<string>();
            await Task.Delay(50);
        }

        throw new TimeoutException("No mail came.");
    }

    /// <summary>Stops it as a service manager does, and waits.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
