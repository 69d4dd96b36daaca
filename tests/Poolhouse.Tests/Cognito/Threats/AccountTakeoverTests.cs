using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Threats;

/// <summary>What a risk leads to: AccountTakeoverRiskConfiguration, RiskExceptionConfiguration, and what the user says of it.</summary>
public sealed partial class AccountTakeoverTests
{
    private const string Block = """{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":false,"EventAction":"BLOCK"},"MediumAction":{"Notify":false,"EventAction":"BLOCK"},"HighAction":{"Notify":false,"EventAction":"BLOCK"}}}}""";

    [Fact]
    public async Task A_new_network_is_blocked_and_the_old_one_is_not()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Block).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();

        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeError("NotAuthorizedException", "Unable to login because of security reasons.");

        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
        var blocked = (await pool.SignInEventsAsync("bob"))[1];
        blocked.Text("EventResponse").ShouldBe("Fail");
        blocked["EventRisk"].Text("RiskDecision").ShouldBe("Block");
        blocked["EventRisk"].Text("RiskLevel").ShouldBe("Low");
        blocked.Challenges().ShouldBe("Password+");
    }

    [Fact]
    public async Task Every_way_in_is_judged()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Block).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
        var person = new SrpPerson(pool);

        (await bob.TrySignInAsync()).Message.ShouldBe("Unable to login because of security reasons.");
        (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await person.StartAsync("bob")))).Message.ShouldBe("Unable to login because of security reasons.");
        (await pool.ChooseAsync("bob", "PASSWORD", new JsonObject { ["PASSWORD"] = bob.Password })).Message.ShouldBe("Unable to login because of security reasons.");
    }

    [Fact]
    public async Task A_wrong_password_hears_nothing_of_it()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Block).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);

        (await bob.SignInFromAsync(ThreatCalls.Away, "Wrong-horse-1")).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task Audit_remembers_and_does_nothing()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync("AUDIT");
        await pool.SetRiskAsync(Block).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);

        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();

        var risk = (await pool.SignInEventsAsync("bob"))[0]["EventRisk"];
        risk.Text("RiskDecision").ShouldBe("AccountTakeover");
        risk.Text("RiskLevel").ShouldBe("Low");
    }

    [Theory]
    [InlineData("MFA_IF_CONFIGURED", false, null)]
    [InlineData("MFA_IF_CONFIGURED", true, "SOFTWARE_TOKEN_MFA")]
    [InlineData("MFA_REQUIRED", true, "SOFTWARE_TOKEN_MFA")]
    [InlineData("MFA_REQUIRED", false, "blocked")]
    public async Task A_second_factor_is_asked_of_who_has_one(string action, bool hasApp, string? expected)
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();
        await pool.SetRiskAsync(Block.Replace("BLOCK", action)).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = Testing.Tokens.Of((await bob.SignInFromAsync(ThreatCalls.Home)).Json);
        // Set up, and not preferred: nobody is asked for it but for the risk.
        var app = hasApp ? await bob.SetUpAppAsync(tokens) : null;
        await bob.PreferAsync("");

        var answer = await bob.SignInFromAsync(ThreatCalls.Away);

        if (expected is null)
        {
            answer.ShouldBeSignedIn();
            return;
        }

        if (expected == "blocked")
        {
            answer.ShouldBeError("NotAuthorizedException", "Unable to login because of security reasons.");
            return;
        }

        answer.Json.Challenge().ShouldBe(expected);
        (await pool.RespondAsync(answer.Json, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app!.Code(1)))).Json.ShouldBeSignedIn();
        (await pool.SignInEventsAsync("bob"))[0]["EventRisk"].Text("RiskDecision").ShouldBe("AccountTakeover");
        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_remembered_device_does_not_stand_for_what_a_risk_asks()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["UserPoolTier"] = "PLUS",
            ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = "ENFORCED" },
            ["DeviceConfiguration"] = new JsonObject { ["ChallengeRequiredOnNewDevice"] = true, ["DeviceOnlyRememberedOnUserPrompt"] = false },
        });
        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();
        await pool.SetRiskAsync(Block.Replace("BLOCK", "MFA_REQUIRED")).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var first = await bob.SignInFromAsync(ThreatCalls.Home);
        var tokens = Testing.Tokens.Of(first.Json);
        var device = first.Device(pool);
        await device.ConfirmAsync(tokens).ShouldSucceedAsync();
        await bob.SetUpAppAsync(tokens);

        var usual = await bob.SignInFromAsync(ThreatCalls.Home, deviceKey: device.Key);
        var risky = await bob.SignInFromAsync(ThreatCalls.Away, deviceKey: device.Key);

        risky.Json.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        (await device.ProveAsync(usual)).ShouldBeSignedIn();
        var events = await pool.SignInEventsAsync("bob");
        events.Select(e => e.Text("EventResponse")).ShouldBe(["InProgress", "Pass", "Pass"]);
    }

    [Fact]
    public async Task A_blocked_range_is_kept_out_of_everything_public()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.SetRiskAsync("""{"RiskExceptionConfiguration":{"BlockedIPRangeList":["127.0.0.0/8","203.0.113.0/24"]}}""").ShouldSucceedAsync();

        foreach (var answer in new[]
        {
            await bob.TrySignInAsync(),
            await bob.TrySignInAsync("Wrong-horse-1"),
            await bob.SignInFromAsync(ThreatCalls.Away),
            await pool.PublicAsync("ForgotPassword", "bob"),
            await pool.PublicAsync("ForgotPassword", "nobody"),
            await pool.PublicAsync("SignUp", "eve", new JsonObject { ["Password"] = TestPool.Password }),
        })
            answer.ShouldBeError("NotAuthorizedException", "Request not allowed due to security reasons.");
        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
        (await pool.SignInEventsAsync("bob")).Count(e => e["EventRisk"].Text("RiskDecision") == "Block").ShouldBe(3);
    }

    [Fact]
    public async Task A_skipped_range_is_not_judged()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        var configuration = JsonNode.Parse(Block)!.AsObject();
        configuration["RiskExceptionConfiguration"] = new JsonObject { ["SkippedIPRangeList"] = new JsonArray("203.0.113.0/24") };
        await pool.SetRiskAsync(configuration.ToJsonString()).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);

        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_clients_word_wins_over_the_pools()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Block).ShouldSucceedAsync();
        await pool.SetRiskAsync("""{"RiskExceptionConfiguration":{}}""", ofClient: true).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);

        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();
        await pool.SetRiskAsync("{}", ofClient: true).ShouldSucceedAsync();
        (await bob.SignInFromAsync("198.51.100.7")).Message.ShouldBe("Unable to login because of security reasons.");
    }

    [Fact]
    public async Task The_user_is_told_and_says_once_that_it_was_right()
    {
        var world = await World.OnAsync();
        var pool = await world.ThreatPoolAsync();
        await pool.SetRiskAsync(
            """
            {"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":true,"EventAction":"BLOCK"}},"NotifyConfiguration":{
            "SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com","From":"security@example.com",
            "BlockEmail":{"Subject":"Blocked for {username}","HtmlBody":"<p>{ip-address} {device-name} {city} event={event-id} token={feedback-token}</p>"}}}}
            """).ShouldSucceedAsync();
        var bob = await pool.VerifiedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);

        await bob.SignInFromAsync(ThreatCalls.Away);

        var mail = (await world.MailsAsync(bob.Email, "Blocked for bob")).Single();
        mail.ShouldContain("203.0.113.5 curl 8, Other unknown event=");
        var match = Token().Match(mail);
        var (id, token) = (match.Groups["id"].Value, match.Groups["token"].Value);
        id.ShouldBe((await pool.SignInEventsAsync("bob"))[0].Text("EventId"));
        (await FeedbackAsync(pool, "nobody", id, token)).ShouldBeError("NotAuthorizedException", "Invalid feedback token.");
        (await FeedbackAsync(pool, "bob", "other", token)).ShouldBeError("NotAuthorizedException", "Invalid feedback token.");
        (await FeedbackAsync(pool, "bob", id, token + "a")).ShouldBeError("NotAuthorizedException", "Invalid feedback token.");

        (await FeedbackAsync(pool, "bob", id, token)).Text.ShouldBe("{}");

        (await FeedbackAsync(pool, "bob", id, token)).ShouldBeError("NotAuthorizedException", "Invalid feedback token.");
        var feedback = (await pool.SignInEventsAsync("bob"))[0]["EventFeedback"];
        feedback.Text("FeedbackValue").ShouldBe("Valid");
        feedback.Text("Provider").ShouldBe("User");
        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_feedback_token_works_once(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await world.ThreatPoolAsync();
        await pool.SetRiskAsync(
            """
            {"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":true,"EventAction":"NO_ACTION"}},"NotifyConfiguration":{
            "SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com","NoActionEmail":{"Subject":"Seen","TextBody":"event={event-id} token={feedback-token}<"}}}}
            """).ShouldSucceedAsync();
        var bob = await pool.VerifiedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);
        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();
        var match = Token().Match((await world.MailsAsync(bob.Email, "Seen")).Single());

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => FeedbackAsync(pool, "bob", match.Groups["id"].Value, match.Groups["token"].Value)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Type == "NotAuthorizedException").ShouldBe(63);
    }

    [Fact]
    public async Task A_built_in_text_goes_out_where_there_is_no_other()
    {
        var world = await World.OnAsync();
        var pool = await world.ThreatPoolAsync();
        await pool.SetRiskAsync(
            """
            {"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":true,"EventAction":"BLOCK"}},
            "NotifyConfiguration":{"SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com"}}}
            """).ShouldSucceedAsync();
        var bob = await pool.VerifiedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);
        await bob.SignInFromAsync(ThreatCalls.Away);

        (await world.MailsAsync(bob.Email, "We blocked a sign-in to your account")).Single().ShouldContain("203.0.113.5");
    }

    [Fact]
    public async Task An_administrator_calls_it_wrong_and_the_network_is_risky()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync("""{"AccountTakeoverRiskConfiguration":{"Actions":{"HighAction":{"Notify":false,"EventAction":"BLOCK"}}}}""").ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInFromAsync(ThreatCalls.Home);
        (await bob.SignInFromAsync(ThreatCalls.Away)).ShouldBeSignedIn();
        var id = (await pool.SignInEventsAsync("bob"))[0].Text("EventId");

        (await pool.AdminAsync("AdminUpdateAuthEventFeedback", "bob", new JsonObject { ["EventId"] = id, ["FeedbackValue"] = "Invalid" })).Text.ShouldBe("{}");

        (await bob.SignInFromAsync(ThreatCalls.Away)).Message.ShouldBe("Unable to login because of security reasons.");
        (await pool.SignInEventsAsync("bob"))[1]["EventFeedback"].Text("Provider").ShouldBe("Admin");
        await pool.ConfirmedAsync("eve");
        (await pool.AdminAsync("AdminUpdateAuthEventFeedback", "eve", new JsonObject { ["EventId"] = id, ["FeedbackValue"] = "Valid" })).ShouldBeError("ResourceNotFoundException");
    }

    private static Task<Answer> FeedbackAsync(TestPool pool, string name, string id, string token) => pool.World.CallAsync("UpdateAuthEventFeedback", new JsonObject
    {
        ["UserPoolId"] = pool.Id, ["Username"] = name, ["EventId"] = id, ["FeedbackToken"] = token, ["FeedbackValue"] = "Valid",
    });

    [GeneratedRegex("event=(?<id>[0-9a-f-]{36}) token=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
