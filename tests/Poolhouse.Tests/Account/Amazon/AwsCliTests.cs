using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Amazon.Cognito;
using Poolhouse.Tests.Account.Invites;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>What the gateway sends, beside what the AWS command line sends for the same input.</summary>
public sealed partial class AwsCliTests
{
    // One process for all of them: starting the command line takes longer than all it does.
    private const string Script =
        """
        import json, sys
        from awscli.clidriver import create_clidriver
        for line in sys.stdin:
            create_clidriver().main(json.loads(line))
        """;

    [Fact]
    public async Task Every_operation_is_sent_as_the_command_line_sends_it()
    {
        await using var world = await AmazonWorld.StartAsync(
            AmazonGatewayTests.ClientWithSecretAsync, static _ => { }, ("UsersMayInvite", "true"), ("RevocationSeconds", "0"));
        await DoEverythingAsync(world);
        var ours = world.Between.Passed.GroupBy(p => p.Operation, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        // What is in the table and was not called here is in it for nothing, or untested.
        ours.Keys.ShouldBe(CognitoOperation.All.Keys, ignoreOrder: true);

        await using var listener = await Between.StartAsync(behind: null);
        await RunAsync(listener.Url, ours.Values);
        var theirs = listener.Passed.ToDictionary(p => p.Operation, StringComparer.Ordinal);

        foreach (var (operation, sent) in ours)
        {
            theirs.ShouldContainKey(operation);
            var expected = theirs[operation];
            sent.Path.ShouldBe(expected.Path, operation);
            sent.Headers["X-Amz-Target"].ShouldBe(expected.Headers["X-Amz-Target"], operation);
            sent.Headers["Content-Type"].ShouldBe(expected.Headers["Content-Type"], operation);
            JsonNode.DeepEquals(sent.Json, expected.Json).ShouldBeTrue($"{operation}: {sent.Body} {expected.Body}");
            sent.Headers.ContainsKey("Authorization").ShouldBe(expected.Headers.ContainsKey("Authorization"), operation);
            CognitoOperation.All[operation].IsSigned.ShouldBe(sent.Headers.ContainsKey("Authorization"), operation);
            if (!sent.Headers.ContainsKey("Authorization")) continue;
            Shape(sent).ShouldBe(Shape(expected), operation);
            sent.Headers["X-Amz-Date"].ShouldMatch("^[0-9]{8}T[0-9]{6}Z$");
        }
    }

    // Scope without the day, and what is signed; the server in Amazon's place has checked the signature itself.
    private static string Shape(Passing passing)
    {
        var parsed = Signature().Match(passing.Headers["Authorization"]);
        parsed.Success.ShouldBeTrue(passing.Headers["Authorization"]);
        return $"{parsed.Groups["scope"].Value} {parsed.Groups["headers"].Value}";
    }

    private static async Task DoEverythingAsync(AmazonWorld world)
    {
        var account = await world.AccountAsync();
        (await world.PostAsync("auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh })).Good();
        (await account.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = "Ada" })).Good();
        (await account.PostAsync("auth/change-password", new JsonObject { ["previous_password"] = TestAccount.Password, ["new_password"] = "Another-123456" })).Good();
        var unconfirmed = TestAccount.NewEmail();
        (await world.RegisterAsync(unconfirmed)).Good();
        (await world.PostAsync("auth/request-otp", new JsonObject { ["email"] = unconfirmed, ["purpose"] = "email_verification" })).Good();
        await world.Remote.CodeAsync(unconfirmed, atLeast: 2);
        (await world.PostAsync("auth/request-otp", new JsonObject { ["email"] = account.Email, ["purpose"] = "password_reset" })).Good();
        var code = await world.Remote.CodeAsync(account.Email, atLeast: 2);
        var reset = new JsonObject { ["email"] = account.Email, ["code"] = code, ["purpose"] = "password_reset", ["new_password"] = TestAccount.Password };
        (await world.PostAsync("auth/verify-otp", reset)).Good();

        // An operator's invitation, whose rights are asked for again; somebody of whom only the account fails, so that the user is deleted.
        await world.Remote.DoAsync("CreateGroup", new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["GroupName"] = "operators" });
        await world.DoAsync("AdminAddUserToGroup", account.Email, new JsonObject { ["GroupName"] = "operators" });
        var op = await world.Front.SignInAsync(account.Email);
        var invited = TestAccount.NewEmail();
        await op.InviteAsync(invited);
        (await world.RegisterAsync(invited, new JsonObject { ["invite_token"] = await world.Front.TokenAsync(invited) })).Good();
        await op.InviteAsync(unconfirmed, "confirmation");
        (await world.Front.ConfirmAsync(await world.Front.TokenAsync(unconfirmed))).Good();
        var name = "u" + Guid.NewGuid().ToString("N")[..12];
        var racers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => world.RegisterAsync(TestAccount.NewEmail(), new JsonObject { ["username"] = name }))));
        racers.Count(r => r.Status == 200).ShouldBe(1);

        // A challenge, and both ways out.
        await world.DoAsync("AdminSetUserPassword", invited, new JsonObject { ["Password"] = TestAccount.Password, ["Permanent"] = false });
        var asked = (await world.LoginAsync(invited)).Good().Json;
        (await world.PostAsync("auth/challenge", new JsonObject
        {
            ["challenge"] = asked["challenge"]!.GetValue<string>(), ["session"] = asked["session"]!.GetValue<string>(), ["email"] = invited,
            ["responses"] = new JsonObject { ["NEW_PASSWORD"] = "Another-123456" },
        })).Good();
        var leaving = await world.Front.SignInAsync(account.Email);
        (await leaving.PostAsync("auth/logout", new JsonObject { ["refresh_token"] = leaving.Refresh })).Good();
        (await op.PostAsync("auth/logout", new JsonObject { ["everywhere"] = true })).Good();
    }

    private static async Task RunAsync(string endpoint, IEnumerable<Passing> calls)
    {
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.Environment["AWS_ACCESS_KEY_ID"] = AmazonScene.Keys.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = AmazonScene.Keys.SecretAccessKey.Reveal();
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var call in calls)
        {
            var arguments = new JsonArray("cognito-idp", Kebab(call.Operation), "--cli-input-json", call.Body, "--endpoint-url", endpoint, "--region", "us-east-1", "--output", "json");
            await process.StandardInput.WriteLineAsync(arguments.ToJsonString());
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await output;
        var text = await errors;
        var isMissing = text.Contains("No module named 'awscli'", StringComparison.Ordinal);
        if (isMissing && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("The AWS command line is not installed.");
        Assert.SkipWhen(isMissing, "The AWS command line is not installed.");
        process.ExitCode.ShouldBe(0, text);
    }

    private static string Kebab(string operation) => Capital().Replace(operation, "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[A-Z0-9]+)/[0-9]{8}/(?<scope>[^,]+), SignedHeaders=(?<headers>[a-z0-9;-]+), Signature=[0-9a-f]{64}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Signature();
}
