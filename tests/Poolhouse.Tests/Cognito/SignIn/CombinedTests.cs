using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>
/// Where everything that decides over a sign-in meets: passkeys, levels that are aimed at, remembered devices and what a risk asks for. Each alone has
/// tests of its own; here no one of them may take away what another one asks.
/// </summary>
public sealed class CombinedTests
{
    /// <summary>How somebody signs in, and all that is then asked, up to tokens with their level and methods.</summary>
    public static TheoryData<SignInCase, string> Cases => new()
    {
        // The passkey alone, and with a device that is known: the device proves itself, and stands for nothing that nobody asks for.
        { new("passkey"), "WEB_AUTHN, 3 swk" },
        { new("passkey", Device: true), "WEB_AUTHN, DEVICE_SRP_AUTH, 3 swk" },
        { new("passkey", App: "ready", Device: true), "WEB_AUTHN, DEVICE_SRP_AUTH, 3 swk" },
        // Beside a second factor it is offered only where it stands for both.
        { new("passkey", App: "asked"), "SELECT_CHALLENGE" },
        { new("passkey", App: "asked", IsEnough: true), "WEB_AUTHN, 3 swk" },
        { new("passkey", App: "asked", IsEnough: true, Device: true), "WEB_AUTHN, DEVICE_SRP_AUTH, 3 swk" },
        // A risk: blocks, or wants a factor beside the passkey, which neither the passkey nor the device stands for.
        { new("passkey", Risk: "BLOCK"), "WEB_AUTHN, blocked" },
        { new("passkey", Risk: "BLOCK", Device: true, App: "asked", IsEnough: true), "WEB_AUTHN, blocked" },
        { new("passkey", Risk: "NO_ACTION", App: "ready"), "WEB_AUTHN, 3 swk" },
        { new("passkey", Risk: "MFA_IF_CONFIGURED"), "WEB_AUTHN, 3 swk" },
        { new("passkey", Risk: "MFA_IF_CONFIGURED", App: "ready"), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, 3 otp swk mfa" },
        { new("passkey", Risk: "MFA_IF_CONFIGURED", App: "ready", Device: true), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 3 otp swk mfa" },
        { new("passkey", Risk: "MFA_REQUIRED"), "WEB_AUTHN, blocked" },
        { new("passkey", Risk: "MFA_REQUIRED", Device: true), "WEB_AUTHN, blocked" },
        { new("passkey", Risk: "MFA_REQUIRED", App: "asked", IsEnough: true), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, 3 otp swk mfa" },
        { new("passkey", Risk: "MFA_REQUIRED", App: "asked", IsEnough: true, Device: true), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 3 otp swk mfa" },
        // Levels: a passkey is the third, never the fourth; a risk is asked about on the way there too.
        { new("passkey", Target: 3), "WEB_AUTHN, 3 swk" },
        { new("passkey", Target: 3, Device: true), "WEB_AUTHN, DEVICE_SRP_AUTH, 3 swk" },
        { new("passkey", Target: 4, App: "ready"), "SELECT_CHALLENGE" },
        { new("passkey", Target: 3, App: "ready", Risk: "MFA_REQUIRED"), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, 3 otp swk mfa" },
        { new("passkey", Target: 3, Risk: "BLOCK"), "WEB_AUTHN, blocked" },
        // The same from a token that proves the password.
        { new("passkey", Target: 3, FromToken: true), "WEB_AUTHN, 3 pwd swk mfa" },
        { new("passkey", Target: 3, FromToken: true, Device: true), "WEB_AUTHN, DEVICE_SRP_AUTH, 3 pwd swk mfa" },
        { new("passkey", Target: 3, FromToken: true, App: "ready", Risk: "MFA_REQUIRED"), "WEB_AUTHN, SOFTWARE_TOKEN_MFA, 4 pwd otp swk mfa" },
        { new("passkey", Target: 3, FromToken: true, Risk: "BLOCK"), "WEB_AUTHN, blocked" },
        { new("token", Target: 4, FromToken: true, App: "ready"), "SOFTWARE_TOKEN_MFA, 4 pwd otp mfa" },
        { new("token", Target: 4, FromToken: true, App: "ready", Device: true), "SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 4 pwd otp mfa" },
        { new("token", Target: 4, FromToken: true, App: "ready", Risk: "MFA_REQUIRED"), "SOFTWARE_TOKEN_MFA, 4 pwd otp mfa" },
        { new("token", Target: 4, FromToken: true, App: "ready", Risk: "BLOCK"), "blocked" },
        // A password: the device stands for the factor of every day, and for none that a risk or a level asks for.
        { new("password", App: "asked", Device: true), "DEVICE_SRP_AUTH, 1 pwd" },
        { new("password", App: "asked", Device: true, Risk: "MFA_REQUIRED"), "SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 4 pwd otp mfa" },
        { new("password", App: "ready", Device: true, Target: 4), "SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 4 pwd otp mfa" },
        { new("password", App: "asked", Device: true, Target: 4, Risk: "MFA_IF_CONFIGURED"), "SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH, 4 pwd otp mfa" },
        { new("password", App: "asked", Device: true, Target: 4, Risk: "BLOCK"), "blocked" },
        { new("password", App: "asked", Device: true, Target: 1), "DEVICE_SRP_AUTH, 1 pwd" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task All_that_is_asked_is_asked(SignInCase of, string expected)
    {
        using var scene = await SignInScene.MakeAsync(of);

        (await scene.SignInAsync()).ShouldBe(expected);
    }
}

/// <summary>One way to sign in.</summary>
/// <param name="Way"><c>passkey</c>, <c>password</c>, or <c>token</c>: only what is missing.</param>
/// <param name="App"><c>none</c>; <c>ready</c>: set up and not asked for; <c>asked</c>.</param>
/// <param name="IsEnough">Whether a passkey stands for both factors.</param>
/// <param name="Device">Whether it comes from the device that is remembered.</param>
/// <param name="Risk">What is done about a new network, from which it then comes; null for the usual one.</param>
/// <param name="Target">The level that is aimed at; 0 for none.</param>
/// <param name="FromToken">Whether an access token of a sign-in by password comes along.</param>
public sealed record SignInCase(
    string Way, string App = "none", bool IsEnough = false, bool Device = false, string? Risk = null, int Target = 0, bool FromToken = false);

/// <summary>A user with a passkey and a device, and perhaps an app, in a pool that looks at everything.</summary>
internal sealed class SignInScene : IDisposable
{
    private readonly SignInCase of;
    private readonly TestUser bob;
    private readonly TestDevice device;
    private readonly Testing.Tokens tokens;
    private readonly SoftwarePasskey passkey = new();
    private Authenticator? app;

    private SignInScene(SignInCase the, TestUser user, TestDevice known, Testing.Tokens first) => (of, bob, device, tokens) = (the, user, known, first);

    private TestPool Pool => bob.Pool;

    private JsonObject Context => ThreatCalls.Context(of.Risk is null ? ThreatCalls.Home : ThreatCalls.Away);

    public static async Task<SignInScene> MakeAsync(SignInCase of)
    {
        var pool = await (await World.OnAsync()).PoolAsync(JsonNode.Parse("""
            {
                "UserPoolTier": "PLUS", "AutoVerifiedAttributes": ["email"], "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"},
                "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false},
                "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
            }
            """)!.AsObject());
        await pool.ConfigureAsync("SetUserPoolMfaConfig", JsonNode.Parse($$"""
            {
                "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true},
                "WebAuthnConfiguration": {"RelyingPartyId": "example.com", "FactorConfiguration": "{{(of.IsEnough ? "MULTI_FACTOR_WITH_USER_VERIFICATION" : "SINGLE_FACTOR")}}"}
            }
            """)!.AsObject()).ShouldSucceedAsync();
        var user = await pool.ConfirmedAsync("bob");
        var first = await user.SignInFromAsync(ThreatCalls.Home);
        var scene = new SignInScene(of, user, first.Device(pool), first.ShouldBeSignedIn());
        await scene.FurnishAsync();
        return scene;
    }

    /// <summary>Signs in, answers whatever is asked, and tells the way.</summary>
    public async Task<string> SignInAsync()
    {
        var steps = new List<string>();
        for (var answer = await BeginAsync(); ;)
        {
            if (answer.Message == "Unable to login because of security reasons.") return string.Join(", ", steps.Append("blocked"));
            answer.Status.ShouldBe(200, answer.Text);
            if (answer.Json["AuthenticationResult"] is not null) return string.Join(", ", steps.Append(Describe(answer.ShouldBeSignedIn())));
            var challenge = answer.Json.Challenge();
            steps.Add(challenge);
            if (challenge is not ("WEB_AUTHN" or "SOFTWARE_TOKEN_MFA" or "DEVICE_SRP_AUTH")) return string.Join(", ", steps);
            answer = challenge switch
            {
                "WEB_AUTHN" => await RespondAsync(answer, "CREDENTIAL", passkey.Get(answer.Json.RequestOptions()).ToJsonString()),
                "SOFTWARE_TOKEN_MFA" => await RespondAsync(answer, "SOFTWARE_TOKEN_MFA_CODE", app!.Code(1)),
                _ => await device.ProveAsync(answer),
            };
        }
    }

    public void Dispose() => passkey.Dispose();

    private async Task FurnishAsync()
    {
        await device.ConfirmAsync(tokens).ShouldSucceedAsync();
        await Pool.World.TryRegisterAsync(tokens, passkey).ShouldSucceedAsync();
        if (of.App != "none") app = await bob.SetUpAppAsync(tokens);
        if (of.App == "ready") await bob.PreferAsync("").ShouldSucceedAsync();
        if (of.IsEnough)
            await Pool.AdminAsync("AdminSetUserMFAPreference", "bob", new JsonObject { ["WebAuthnMfaSettings"] = new JsonObject { ["Enabled"] = true } }).ShouldSucceedAsync();
        if (of.Risk is not { } action) return;
        const string risk = """{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":false,"EventAction":"?"}}}}""";
        await Pool.SetRiskAsync(risk.Replace("?", action, StringComparison.Ordinal)).ShouldSucceedAsync();
    }

    private Task<Answer> BeginAsync()
    {
        var parameters = new JsonObject { ["USERNAME"] = "bob" };
        if (of.Way == "passkey") parameters["PREFERRED_CHALLENGE"] = "WEB_AUTHN";
        if (of.Way == "password") (parameters["PREFERRED_CHALLENGE"], parameters["PASSWORD"]) = ("PASSWORD", bob.Password);
        if (of.Device) parameters["DEVICE_KEY"] = device.Key;
        if (of.Target > 0) parameters["TARGET_ACR_VALUES"] = $"urn:cognito:loa:{of.Target}";
        if (of.FromToken) parameters["ACCESS_TOKEN"] = tokens.Access;
        return Pool.World.CallAsync("AdminInitiateAuth", new JsonObject
        {
            ["UserPoolId"] = Pool.Id, ["ClientId"] = Pool.ClientId, ["AuthFlow"] = "USER_AUTH", ["AuthParameters"] = parameters, ["ContextData"] = Context,
        });
    }

    private Task<Answer> RespondAsync(Answer asked, string name, string value) => Pool.World.CallAsync("AdminRespondToAuthChallenge", new JsonObject
    {
        ["UserPoolId"] = Pool.Id,
        ["ClientId"] = Pool.ClientId,
        ["ChallengeName"] = asked.Json.Challenge(),
        ["Session"] = asked.Session(),
        ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = "bob", [name] = value },
        ["ContextData"] = Context,
    });

    private static string Describe(Testing.Tokens signedIn)
    {
        var claims = Testing.Tokens.Claims(signedIn.Access);
        return $"{claims["acr"]!.GetValue<string>()["urn:cognito:loa:".Length..]} {string.Join(' ', claims["amr"]!.AsArray().Select(m => m!.GetValue<string>()))}";
    }
}
