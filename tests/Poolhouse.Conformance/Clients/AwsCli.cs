using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>The AWS command line against a server, with credentials of its own and nothing of this machine's configuration.</summary>
internal sealed class AwsCli(RunningServer server, string? accessKey = "any", string? secretKey = "any", string service = "cognito-idp")
{
    /// <summary>Runs <c>aws</c> with the service and these arguments; it has to succeed.</summary>
    public async Task<JsonNode> CallAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        if (result.Code != 0) throw new InvalidOperationException($"aws {service} {string.Join(' ', arguments)} ended with {result.Code}: {result.Output}{result.Error}");
        return result.Output.Length == 0 ? new JsonObject() : JsonNode.Parse(result.Output)!;
    }

    /// <summary>Runs it and answers what it said.</summary>
    public async Task<CommandResult> TryAsync(params string[] arguments)
    {
        // Debian's own first: another one on PATH may be a stub of a version manager.
        var aws = Need.Tool(Need.Find("aws", "/usr/bin/aws"), "The AWS command line");
        return await Command.TryAsync([aws, "--endpoint-url", server.Url, service, .. arguments], Environment(), server.Folder);
    }

    private Dictionary<string, string?> Environment() => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = accessKey,
        ["AWS_SECRET_ACCESS_KEY"] = secretKey,
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_CONFIG_FILE"] = Path.Combine(server.Folder, "none"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(server.Folder, "none"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_DEFAULT_OUTPUT"] = "json",
        ["AWS_PAGER"] = "",
        ["NO_PROXY"] = "localhost",
    };
}
