using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>commands/run.mjs</c> once, on a server of its own whose roles, quotas and log destination the scenarios know.</summary>
public sealed class CommandStory : IAsyncDisposable
{
    private const string LogGroup = "arn:aws:logs:us-east-1:000000000000:log-group:commands";

    // The roles that identity-scenes.mjs names.
    private const string Iam = """
        {
          "Roles": {
            "arn:aws:iam::000000000000:role/Member": { "Policy": { "Statement": { "Effect": "Allow", "Action": "cognito-idp:ListUsers", "Resource": "*" } } },
            "arn:aws:iam::000000000000:role/Guest": { "Policy": { "Statement": { "Effect": "Allow", "Action": "cognito-idp:DescribeUserPool", "Resource": "*" } } }
          }
        }
        """;

    // GetProvisionedLimit tells only what is enforced; one quota is enough, and the scenarios must not run into the others.
    private static readonly string[] Unlimited =
    [
        "GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity", "UserAccountRecovery", "UserAuthentication", "UserCreation",
        "UserList", "UserPoolClientRead", "UserPoolClientUpdate", "UserPoolRead", "UserPoolResourceRead", "UserPoolResourceUpdate", "UserPoolUpdate", "UserRead",
        "UserResourceRead", "UserResourceUpdate", "UserToken", "UserUpdate",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-commands-").FullName;
    private readonly Lazy<Task<Story>> story;
    private RunningServer? server;

    public CommandStory() => story = new Lazy<Task<Story>>(TellAsync);

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Story> TellAsync()
    {
        var file = Path.Combine(folder, "log.jsonl");
        server = await RunningServer.StartAsync(
        [
            "--Iam", Iam,
            "--LogDestinations:0", $"{LogGroup} file:{file}",
            "--EnforceRequestQuotas", "true",
            "--RequestQuotas:ClientAuthentication", "500",
            .. Unlimited.SelectMany(category => new[] { "--RequestQuotas:" + category, "0" }),
        ]);
        var arguments = new JsonObject { ["url"] = server.Url, ["logGroup"] = new JsonObject { ["arn"] = LogGroup, ["file"] = file } };
        return await Story.TellAsync("commands/run.mjs", arguments);
    }
}

/// <summary>
/// Every command class of the newest AWS SDK for JavaScript, of both services, in a scenario: called with valid input, whose effect
/// another operation shows, and with bad input, which is refused by name and words.
/// </summary>
public sealed class CommandTests(CommandStory commands) : IClassFixture<CommandStory>
{
    [Theory]
    [InlineData("cognito-idp", 140)]
    [InlineData("cognito-identity", 23)]
    public async Task Every_command_class_of_the_sdk_does_what_it_is_for(string service, int least)
    {
        var results = (await commands.ToldAsync())["results"].AsObject().Where(result => result.Key.StartsWith(service + " ", StringComparison.Ordinal)).ToList();

        var failed = results.Where(result => result.Value is not null).Select(result => $"{result.Key}: {result.Value}").Order(StringComparer.Ordinal).ToList();

        // A failure to find the SDK's exports would look like success.
        results.Count.ShouldBeGreaterThanOrEqualTo(least);
        failed.ShouldBeEmpty($"{failed.Count} of {results.Count} commands:\n{string.Join('\n', failed)}\n");
    }
}
