using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class MessageTriggerTests
{
    [Fact]
    public async Task A_message_says_what_the_function_says()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = new JsonObject
        {
            ["emailSubject"] = "Hello " + e["userName"],
            ["emailMessage"] = $"<p>Yours is {e.Request()["codeParameter"]}.</p>",
            ["smsMessage"] = null,
        });
        var pool = await tw.PoolAsync(new JsonObject { ["CustomMessage"] = arn });

        var ann = await pool.SignedUpAsync("ann");

        var code = await tw.World.CodeAsync(ann.Email);
        var mail = JsonNode.Parse(await tw.World.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(ann.Email)))![0]!;
        mail.Text("subject").ShouldBe("Hello ann");
        mail.Text("text")!.ShouldContain($"Yours is {code}.");
        tw.EventOf(arn).ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"CustomMessage_SignUp",
             "request":{"userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"UNCONFIRMED","email":"{{{ann.Email}}}","email_verified":"false"},
              "codeParameter":"{####}","linkParameter":"{##Click Here##}","usernameParameter":null},
             "response":{"smsMessage":null,"emailMessage":null,"emailSubject":null}}
            """);
    }

    [Fact]
    public async Task Every_cause_of_a_message_is_a_source_of_its_own()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["CustomMessage"] = arn }, new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["Policies"] = new JsonObject { ["SignInPolicy"] = new JsonObject { ["AllowedFirstAuthFactors"] = new JsonArray("PASSWORD", "EMAIL_OTP") } },
        });
        var metadata = new JsonObject { ["k"] = "v" };

        var ann = await pool.SignedUpAsync("ann");
        (await pool.PublicAsync("ResendConfirmationCode", "ann", new JsonObject { ["ClientMetadata"] = metadata.DeepClone() })).Status.ShouldBe(200);
        await pool.ManageAsync("AdminConfirmSignUp", "ann");
        await pool.ManageAsync("AdminUpdateUserAttributes", "ann", new JsonObject { ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email_verified", "true")) });
        (await pool.PublicAsync("ForgotPassword", "ann", new JsonObject { ["ClientMetadata"] = metadata.DeepClone() })).Status.ShouldBe(200);
        await pool.ManageAsync("AdminResetUserPassword", "ann");
        await pool.ManageAsync("AdminSetUserPassword", "ann", new JsonObject { ["Password"] = ann.Password, ["Permanent"] = true });
        var tokens = await ann.SignInAsync();
        (await tw.World.OwnAsync("GetUserAttributeVerificationCode", tokens, new JsonObject { ["AttributeName"] = "email" })).Status.ShouldBe(200);
        (await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "ann", ["PREFERRED_CHALLENGE"] = "EMAIL_OTP" })).ShouldAskFor("EMAIL_OTP");
        (await tw.World.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "new@example.com")) })).Status.ShouldBe(200);
        await pool.ManageAsync("AdminCreateUser", "bob", new JsonObject
        {
            ["DesiredDeliveryMediums"] = new JsonArray("EMAIL"),
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "bob@example.com")),
        });
        await pool.ManageAsync("AdminCreateUser", "bob", new JsonObject { ["DesiredDeliveryMediums"] = new JsonArray("EMAIL"), ["MessageAction"] = "RESEND" });

        var events = tw.Functions.EventsOf(arn);
        events.Select(e => e.Source()["CustomMessage_".Length..]).ShouldBe(
        [
            "SignUp", "ResendCode", "ForgotPassword", "ForgotPassword", "VerifyUserAttribute", "Authentication", "UpdateUserAttribute", "AdminCreateUser", "AdminCreateUser",
        ]);
        events.Select(e => e.Request()["clientMetadata"]?["k"]?.GetValue<string>()).ShouldBe([null, "v", "v", null, null, null, null, null, null]);
        events[6].Request()["userAttributes"]!["email"]!.GetValue<string>().ShouldBe("new@example.com");
        events[7].Request()["usernameParameter"]!.GetValue<string>().ShouldBe("{username}");
        events[7]["callerContext"]!["clientId"]!.GetValue<string>().ShouldBe("CLIENT_ID_NOT_APPLICABLE");
    }

    [Theory]
    [InlineData("""{"emailMessage":"no code in it"}""")]
    [InlineData("""{"emailMessage":42}""")]
    [InlineData("""{"emailMessage":"{####}","emailSubject":"More: 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "}""")]
    public async Task A_message_that_nobody_could_use_is_refused(string response)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["CustomMessage"] = tw.Functions.Add(e => e["response"] = JsonNode.Parse(response)) });

        var answer = await pool.PublicAsync("SignUp", "ann", new JsonObject
        {
            ["Password"] = TestPool.Password,
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "ann@example.com")),
        });

        answer.ShouldBeError("InvalidLambdaResponseException");
        (await pool.AdminAsync("AdminGetUser", "ann")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task A_custom_sender_gets_the_code_sealed_and_no_mail_goes_out()
    {
        var tw = await TriggerWorld.OnAsync();
        var sender = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(Sender("CustomEmailSender", sender, TriggerWorld.KeyId));

        var ann = await pool.SignedUpAsync("ann");

        var e = (await WaitAsync(tw, sender, 1))[0];
        var code = e.Request()["code"]!.GetValue<string>();
        e.Request()["code"] = "sealed";
        e.ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"CustomEmailSender_SignUp",
             "request":{"type":"customEmailSenderRequestV1","code":"sealed","clientMetadata":null,
              "userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"UNCONFIRMED","email":"{{{ann.Email}}}","email_verified":"false"}},
             "response":{}}
            """);
        var (clear, context, keyName) = EncryptionSdkReader.Read(Convert.FromBase64String(code), TriggerWorld.Key, "poolhouse");
        keyName.ShouldBe(TriggerWorld.KeyId);
        context.ShouldBe(new Dictionary<string, string> { ["userpool-id"] = pool.Id });
        (await tw.World.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(ann.Email))).ShouldBe("[]");
        (await pool.PublicAsync("ConfirmSignUp", "ann", new JsonObject { ["ConfirmationCode"] = clear })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_custom_sms_sender_gets_second_factors_and_jwe_where_configured()
    {
        var tw = await TriggerWorld.OnAsync();
        var sender = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(Sender("CustomSMSSender", sender, TriggerWorld.JweKeyId), new JsonObject
        {
            ["MfaConfiguration"] = "OPTIONAL",
            ["SmsConfiguration"] = new JsonObject { ["SnsCallerArn"] = "arn:aws:iam::000000000000:role/sms" },
        });
        var ann = await pool.ConfirmedAsync("ann");
        await pool.ManageAsync("AdminUpdateUserAttributes", "ann", new JsonObject
        {
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("phone_number", "+12025550123"), SignInCalls.Attribute("phone_number_verified", "true")),
        });
        await pool.ManageAsync("AdminSetUserMFAPreference", "ann", new JsonObject { ["SMSMfaSettings"] = new JsonObject { ["Enabled"] = true, ["PreferredMfa"] = true } });

        var challenge = (await ann.TrySignInAsync()).ShouldAskFor("SMS_MFA");

        var e = (await WaitAsync(tw, sender, 1))[0];
        e.Source().ShouldBe("CustomSMSSender_Authentication");
        e.Request()["type"]!.GetValue<string>().ShouldBe("customSMSSenderRequestV1");
        var code = OpenJwe(e.Request()["code"]!.GetValue<string>());
        (await pool.RespondAsync("SMS_MFA", challenge.Session(), new JsonObject { ["USERNAME"] = "ann", ["SMS_MFA_CODE"] = code })).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_custom_sender_that_fails_is_called_again()
    {
        var tw = await TriggerWorld.OnAsync();
        var calls = 0;
        var sender = tw.Functions.Add(_ =>
        {
            if (Interlocked.Increment(ref calls) == 1) throw new FunctionException("not now");
        });
        var pool = await tw.PoolAsync(Sender("CustomEmailSender", sender, TriggerWorld.KeyId));

        await pool.SignedUpAsync("ann");

        var codes = (await WaitAsync(tw, sender, 2)).Select(e => Convert.FromBase64String(e.Request()["code"]!.GetValue<string>())).ToList();
        codes[0].ShouldNotBe(codes[1]);
        EncryptionSdkReader.Read(codes[0], TriggerWorld.Key, "poolhouse").Text.ShouldBe(EncryptionSdkReader.Read(codes[1], TriggerWorld.Key, "poolhouse").Text);
    }

    [Fact]
    public async Task A_notice_of_a_risky_sign_in_goes_to_the_custom_sender_without_a_code()
    {
        var tw = await TriggerWorld.OnAsync();
        var sender = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(Sender("CustomEmailSender", sender, TriggerWorld.KeyId), new JsonObject
        {
            ["UserPoolTier"] = "PLUS",
            ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = "ENFORCED" },
        });
        (await pool.SetRiskAsync(
            """
            {"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":true,"EventAction":"BLOCK"}},
            "NotifyConfiguration":{"SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com"}}}
            """)).Status.ShouldBe(200);
        var ann = await pool.VerifiedAsync("ann");
        await ann.SignInFromAsync(ThreatCalls.Home);

        await ann.SignInFromAsync(ThreatCalls.Away);

        var e = (await WaitAsync(tw, sender, 1))[0];
        e.Source().ShouldBe("CustomEmailSender_AccountTakeOverNotification");
        e.Request()["code"].ShouldBeNull();
        e.Request()["userAttributes"]!["email"]!.GetValue<string>().ShouldBe(ann.Email);
    }

    private static JsonObject Sender(string kind, string arn, string keyId) =>
        new() { [kind] = new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = arn }, ["KMSKeyID"] = keyId };

    private static async Task<IReadOnlyList<JsonObject>> WaitAsync(TriggerWorld tw, string arn, int count)
    {
        for (var i = 0; i < 600; i++)
        {
            if (tw.Functions.EventsOf(arn) is { } events && events.Count >= count) return events;
            await Task.Delay(50);
        }

        throw new TimeoutException("The custom sender was not called.");
    }

    private static string OpenJwe(string text)
    {
        var parts = text.Split('.');
        parts.Length.ShouldBe(5);
        parts[1].ShouldBe("");
        System.Text.Encoding.UTF8.GetString(Bytes(0)).ShouldBe($$"""{"alg":"dir","enc":"A256GCM","kid":"{{TriggerWorld.JweKeyId}}"}""");
        using var aes = new System.Security.Cryptography.AesGcm(TriggerWorld.Key, 16);
        var clear = new byte[Bytes(3).Length];
        aes.Decrypt(Bytes(2), Bytes(3), Bytes(4), clear, System.Text.Encoding.ASCII.GetBytes(parts[0]));
        return System.Text.Encoding.UTF8.GetString(clear);

        byte[] Bytes(int i) => System.Buffers.Text.Base64Url.DecodeFromChars(parts[i]);
    }
}
