using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>triggers.mjs</c> once, against a server that knows its functions.</summary>
public sealed class TriggerStory : IAsyncLifetime
{
    private const string KeyId = "arn:aws:kms:us-east-1:000000000000:key/codes";
    private const string Key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    private const string Secret = "a-secret-of-the-webhook";

    /// <summary>What came of it.</summary>
    public Story Story { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        var functions = $"http://127.0.0.1:{port}";
        await using var server = await RunningServer.StartAsync(
            "--lambda-endpoint", functions,
            $"--Functions:hook:Url={functions}/hook", "--Functions:hook:Kind=webhook", $"--Functions:hook:Secret={Secret}",
            $"--SenderKeys:main:KeyId={KeyId}", $"--SenderKeys:main:Key={Key}");
        Story = await Story.TellAsync("triggers.mjs", new JsonObject
        {
            ["url"] = server.Url,
            ["port"] = port,
            ["docs"] = Path.Combine(Repository.Root, "docs", "triggers.md"),
            ["secret"] = Secret,
            ["keyId"] = KeyId,
            ["key"] = Key,
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>aws-amplify's custom sign-ins, Amazon's own decryption of codes, and the webhook of the documentation.</summary>
public sealed class TriggerTests(TriggerStory triggers) : IClassFixture<TriggerStory>
{
    private Story Story => triggers.Story;

    [Fact]
    public void The_official_encryption_sdk_reads_the_code_that_a_custom_sender_gets()
    {
        Story["sent"]["hasCode"]!.GetValue<bool>().ShouldBeTrue(Story["sent"].ToJsonString());
        Story["sent"]["source"]!.GetValue<string>().ShouldBe("CustomEmailSender_SignUp");
    }

    [Fact]
    public void Amplify_signs_in_by_custom_challenge()
    {
        Story["firstStep"]["signInStep"]!.GetValue<string>().ShouldBe("CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
        Story["firstStep"]["additionalInfo"]!["question"]!.GetValue<string>().ShouldBe("two and two");
        Story.Text("afterWrong").ShouldBe("CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
        Story.Is("withoutSrp").ShouldBeTrue();
        Story["eventsWithoutSrp"].AsArray().Select(e => e!.GetValue<string>()).ShouldBe(
        [
            "DefineAuthChallenge_Authentication", "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication", "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication", "TokenGeneration_Authentication",
        ]);
    }

    [Fact]
    public void A_function_that_gives_up_refuses_amplify() =>
        Story.Refusal("twiceWrong").ShouldBe("NotAuthorizedException: Incorrect username or password.");

    [Fact]
    public void Amplify_signs_in_by_password_and_custom_challenge()
    {
        Story.Text("srpStep").ShouldBe("CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
        Story.Is("withSrp").ShouldBeTrue();
        Story["eventsWithSrp"].AsArray().Select(e => e!.GetValue<string>()).ShouldBe(
        [
            "DefineAuthChallenge_Authentication", "DefineAuthChallenge_Authentication", "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication", "TokenGeneration_Authentication",
        ]);
        Story.Refusal("wrongPassword").ShouldBe("NotAuthorizedException: Incorrect username or password.");
    }

    [Fact]
    public void What_a_function_adds_to_the_access_token_is_in_it()
    {
        Story["access"]["tenant"]!["id"]!.GetValue<int>().ShouldBe(7);
        Story["access"]["scope"]!.GetValue<string>().ShouldBe("aws.cognito.signin.user.admin shop/read");
    }

    [Fact]
    public void The_words_of_a_function_reach_amplify() =>
        Story.Refusal("refused").ShouldBe("UserLambdaValidationException: CreateAuthChallenge failed with error Sums are closed.");

    [Fact]
    public void The_documented_check_of_webhooks_takes_our_calls_and_no_others()
    {
        var hooks = Story["hooks"].AsArray();
        hooks.Count.ShouldBe(2);
        foreach (var hook in hooks) hook!.ToJsonString().ShouldBe("""{"good":true,"otherSecret":false,"otherBody":false,"old":false}""");
    }
}
