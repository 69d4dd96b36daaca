using System.Text.RegularExpressions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito;

namespace Poolhouse.Tests.Docs;

/// <summary>The README's table of what works names nothing that no test shows, and counts what is there.</summary>
public sealed partial class ReadmeTests
{
    // What shows each row, as files under tests/. A row without any, or one whose tests are gone, fails.
    private static readonly Dictionary<string, string[]> ShownBy = new(StringComparer.Ordinal)
    {
        ["account API"] = ["Poolhouse.Tests/Account/AuthenticationTests.cs", "Poolhouse.Conformance/Documentation/TestedCommandsTests.cs"],
        ["in front of Amazon"] = ["Poolhouse.Tests/Account/Amazon", "Poolhouse.Tests/Amazon"],
        ["cookie sessions"] = ["Poolhouse.Tests/Account/Sessions/SessionTests.cs", "Poolhouse.Tests/Account/Sessions/RedisSessionTests.cs", "Poolhouse.Conformance/Browser/CookieSessionTests.cs"],
        ["invitations"] = ["Poolhouse.Tests/Account/Invites", "Poolhouse.Conformance/Browser/MailTests.cs"],
        ["identity documents"] =
        [
            "Poolhouse.Tests/Account/Kyc", "Poolhouse.Tests/Scanning/ClamAvTests.cs", "Poolhouse.Conformance/Clients/ObjectStoreTests.cs",
            "Poolhouse.Conformance/Documentation/TestedCommandsTests.cs",
        ],
        ["several nodes"] =
        [
            "Poolhouse.Tests/Storage/PostgresFailoverTests.cs", "Poolhouse.Tests/Storage/PgBouncerTests.cs", "Poolhouse.Tests/Storage/MigrationTests.cs",
            "Poolhouse.Tests/Account/Sessions/RedisSentinelTests.cs", "Poolhouse.Tests/Core/Pools/CatalogTests.cs", "Poolhouse.Tests/Hosting/DrainTests.cs",
            "Poolhouse.Tests/Hosting/ForwardedAddressTests.cs",
        ],
        ["WebSocket"] =
        [
            "Poolhouse.Tests/Account/Realtime", "Poolhouse.Tests/Account/Documents", "Poolhouse.Conformance/Browser/RealtimeTests.cs",
            "Poolhouse.Conformance/Running/IdleConnectionTests.cs",
        ],
        ["web client"] = ["Poolhouse.Conformance/Browser/LanguageTests.cs", "Poolhouse.Conformance/Browser/LayoutTests.cs", "Poolhouse.Conformance/Browser/AccountTests.cs"],
        ["sign up"] = ["Poolhouse.Conformance/Clients/AmplifyTests.cs", "Poolhouse.Conformance/Browser/StoryTests.cs"],
        ["sign in"] =
        [
            "Poolhouse.Conformance/Clients/AmplifyTests.cs", "Poolhouse.Conformance/Clients/IdentityJsTests.cs",
            "Poolhouse.Conformance/Clients/AwsCliTests.cs", "Poolhouse.Conformance/Clients/SdkTests.cs",
        ],
        ["devices"] = ["Poolhouse.Conformance/Clients/DeviceTests.cs", "Poolhouse.Tests/Cognito/Devices"],
        ["identity providers"] = ["Poolhouse.Conformance/Browser/FederationTests.cs", "Poolhouse.Tests/Oidc/OAuth"],
        ["sessions"] = ["Poolhouse.Tests/Cognito/Sessions"],
        ["threat protection"] = ["Poolhouse.Tests/Cognito/Threats", "Poolhouse.Tests/Cognito/LogDelivery", "Poolhouse.Tests/Core/Threats"],
        ["recover"] = ["Poolhouse.Conformance/Clients/AmplifyTests.cs", "Poolhouse.Conformance/Browser/StoryTests.cs"],
        ["pools and clients"] = ["Poolhouse.Conformance/Clients/AwsCliTests.cs", "Poolhouse.Conformance/Clients/SdkTests.cs"],
        ["groups"] = ["Poolhouse.Tests/Cognito/Groups/GroupMemberTests.cs", "Poolhouse.Tests/Cognito/Domains", "Poolhouse.Tests/Cognito/Tags"],
        ["second factors"] = ["Poolhouse.Conformance/Clients/FactorTests.cs", "Poolhouse.Conformance/Clients/AwsCliTests.cs", "Poolhouse.Tests/Cognito/Mfa"],
        ["passkeys"] = ["Poolhouse.Conformance/Browser/PasskeyTests.cs", "Poolhouse.Tests/Cognito/Passkeys"],
        ["identity pools"] = ["Poolhouse.Conformance/Clients/IdentityPoolTests.cs", "Poolhouse.Tests/CognitoIdentity"],
        ["tokens"] = ["Poolhouse.Conformance/Clients/JwtVerifyTests.cs"],
        ["imports"] = ["Poolhouse.Conformance/Clients/ImportTests.cs", "Poolhouse.Conformance/Durability/ImportKillTests.cs", "Poolhouse.Tests/Cognito/UserImports"],
        ["moving users here"] =
        [
            "Poolhouse.Conformance/Documentation/TestedCommandsTests.cs", "Poolhouse.Conformance/Durability/LocalImportKillTests.cs", "Poolhouse.Tests/Commands",
            "Poolhouse.Tests/Account/LazyMigrationTests.cs",
        ],
        ["triggers"] = ["Poolhouse.Conformance/Clients/TriggerTests.cs", "Poolhouse.Tests/Cognito/Triggers"],
        ["queue"] = ["Poolhouse.Tests/Messaging/Queue/QueueTests.cs", "Poolhouse.Tests/Messaging/Queue/QueueFaultTests.cs", "Poolhouse.Tests/Messaging/Queue/WorkerTests.cs"],
        ["mail"] = ["Poolhouse.Tests/Messaging/SmtpMessageSenderTests.cs", "Poolhouse.Tests/Amazon/Ses/SesMessageSenderTests.cs", "Poolhouse.Conformance/Browser/StoryTests.cs"],
        ["sponsors and links"] =
        [
            "Poolhouse.Conformance/Documentation/TestedCommandsTests.cs", "Poolhouse.Tests/Account/BinaryTree", "Poolhouse.Tests/Account/Links",
            "Poolhouse.Tests/Storage/BinaryTreeStoreTests.cs",
        ],
        ["stores"] = ["Poolhouse.Tests/Storage/UserStoreTests.cs", "Poolhouse.Conformance/Durability/KillTests.cs"],
        ["parts that die"] = ["Poolhouse.Tests/Faults/FaultTests.cs", "Poolhouse.Tests/Docs/ReliabilityDocTests.cs"],
        ["your APIs"] = ["Poolhouse.Conformance/Samples/ProtectedApiTests.cs", "Poolhouse.Tests/AspNetCore"],
        ["health and telemetry"] = ["Poolhouse.Tests/Health", "Poolhouse.Tests/Commands/DoctorTests.cs", "Poolhouse.Tests/Telemetry/TelemetryTests.cs"],
        ["for people who test"] = ["Poolhouse.Tests/Development", "Poolhouse.Conformance/Documentation/TestedCommandsTests.cs"],
    };

    [Fact]
    public void Every_row_of_what_works_is_shown_by_tests_that_exist()
    {
        var rows = Rows();

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => ShownBy.ContainsKey(row));
        foreach (var path in rows.SelectMany(row => ShownBy[row]))
            (File.Exists(Repository.PathOf("tests", path)) || Directory.Exists(Repository.PathOf("tests", path))).ShouldBeTrue(path);
    }

    [Fact]
    public void The_count_of_operations_is_that_of_the_table()
    {
        var count = Count().Match(File.ReadAllText(Repository.PathOf("README.md")));

        count.Groups["all"].Value.ShouldBe($"{CognitoIdpModel.Operations.Count}");
        count.Groups["here"].Value.ShouldBe($"{Operations.Table.Rows.Count}");
    }

    private static List<string> Rows() =>
    [
        .. File.ReadLines(Repository.PathOf("README.md"))
            .SkipWhile(line => line != "## What works")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(name => name.Length > 0),
    ];

    [GeneratedRegex(@"Of the (?<all>\d+) operations of `cognito-idp`, (?<here>\d+) are there", RegexOptions.ExplicitCapture)]
    private static partial Regex Count();
}
