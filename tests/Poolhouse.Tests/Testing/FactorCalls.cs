using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Sign-ins of more than one step, and the pools they need.</summary>
internal static class FactorCalls
{
    /// <summary>A pool with second factors: of <c>sms</c>, <c>totp</c>, <c>email</c>.</summary>
    public static async Task<TestPool> MfaPoolAsync(this World world, string mode, string factors, string? settings = null, JsonObject? client = null)
    {
        var pool = await world.PoolAsync(JsonNode.Parse(settings ?? """{"AutoVerifiedAttributes":["email"]}""")!.AsObject(), client);
        await pool.SetMfaAsync(mode, factors).ShouldSucceedAsync();
        return pool;
    }

    /// <summary>SetUserPoolMfaConfig.</summary>
    public static Task<Answer> SetMfaAsync(this TestPool pool, string mode, string factors)
    {
        var request = new JsonObject { ["UserPoolId"] = pool.Id, ["MfaConfiguration"] = mode };
        if (factors.Contains("sms")) request["SmsMfaConfiguration"] = new JsonObject { ["SmsAuthenticationMessage"] = "Sign in with {####}!" };
        if (factors.Contains("totp")) request["SoftwareTokenMfaConfiguration"] = new JsonObject { ["Enabled"] = true };
        if (factors.Contains("email")) request["EmailMfaConfiguration"] = new JsonObject { ["Subject"] = "Your code", ["Message"] = "<b>{####}</b>" };
        return pool.World.CallAsync("SetUserPoolMfaConfig", request);
    }

    /// <summary>A confirmed user with a verified e-mail address and phone number, both of the test's own.</summary>
    public static async Task<TestUser> ReachableAsync(this TestPool pool, string name, bool hasPassword = true)
    {
        var user = new TestUser(pool, name, TestPool.Password, "");
        var answer = await pool.AdminAsync("AdminCreateUser", name, new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = Calls.Attributes(
                ("email", user.Email), ("email_verified", "true"), ("phone_number", user.Phone()), ("phone_number_verified", "true")),
        }).ShouldSucceedAsync();
        if (hasPassword)
            await pool.AdminAsync("AdminSetUserPassword", name, new JsonObject { ["Password"] = user.Password, ["Permanent"] = true }).ShouldSucceedAsync();
        return user with { Sub = answer["User"]!["Attributes"]!.AsArray().Single(a => a!["Name"]!.GetValue<string>() == "sub")!["Value"]!.GetValue<string>() };
    }

    /// <summary>The phone number of <see cref="ReachableAsync"/>.</summary>
    public static string Phone(this TestUser user)
    {
        var number = Math.Abs(string.GetHashCode(user.Pool.ClientId + user.Name, StringComparison.Ordinal)) % 1_000_000_000L;
        return "+1" + number.ToString("D10", System.Globalization.CultureInfo.InvariantCulture).Replace('0', '7');
    }

    /// <summary>AdminSetUserMFAPreference; of <c>sms</c>, <c>totp</c>, <c>email</c>, the preferred one with an exclamation mark.</summary>
    public static Task<Answer> PreferAsync(this TestUser user, string factors)
    {
        JsonObject One(string name) => new() { ["Enabled"] = factors.Contains(name), ["PreferredMfa"] = factors.Contains(name + "!") };
        return user.Pool.AdminAsync("AdminSetUserMFAPreference", user.Name, new JsonObject
        {
            ["SMSMfaSettings"] = One("sms"),
            ["SoftwareTokenMfaSettings"] = One("totp"),
            ["EmailMfaSettings"] = One("email"),
        });
    }

    /// <summary>Sets an authenticator app up with an access token and asks for it from now on. Its present code is used by that.</summary>
    public static async Task<Authenticator> SetUpAppAsync(this TestUser user, Tokens tokens)
    {
        var world = user.Pool.World;
        var app = new Authenticator((await world.OwnAsync("AssociateSoftwareToken", tokens).ShouldSucceedAsync())["SecretCode"]!.GetValue<string>());
        await world.OwnAsync("VerifySoftwareToken", tokens, new JsonObject { ["UserCode"] = app.Code() }).ShouldSucceedAsync();
        await user.PreferAsync("totp!").ShouldSucceedAsync();
        return app;
    }

    /// <summary>A user with an app, made in a pool of its own.</summary>
    public static async Task<(TestUser User, Authenticator App)> WithAppAsync(this World world)
    {
        var pool = await world.MfaPoolAsync("OPTIONAL", "totp");
        var bob = await pool.ConfirmedAsync("bob");
        return (bob, await bob.SetUpAppAsync(await bob.SignInAsync()));
    }

    /// <summary>USER_AUTH.</summary>
    public static Task<Answer> ChooseAsync(this TestPool pool, string name, string? preferred = null, JsonObject? parameters = null)
    {
        parameters ??= [];
        parameters["USERNAME"] = name;
        if (preferred is not null) parameters["PREFERRED_CHALLENGE"] = preferred;
        pool.AddSecretHash(parameters, name, "SECRET_HASH");
        return pool.World.CallAsync(
            "InitiateAuth", new JsonObject { ["ClientId"] = pool.ClientId, ["AuthFlow"] = "USER_AUTH", ["AuthParameters"] = parameters });
    }

    /// <summary>RespondToAuthChallenge to the answer of the step before.</summary>
    public static Task<Answer> RespondAsync(this TestPool pool, JsonObject challenged, string name, params (string Name, string Value)[] responses) =>
        pool.RespondAsync(challenged["ChallengeName"]!.GetValue<string>(), challenged["Session"]!.GetValue<string>(), name, responses);

    /// <summary>RespondToAuthChallenge.</summary>
    public static Task<Answer> RespondAsync(this TestPool pool, string challenge, string session, string name, params (string Name, string Value)[] responses)
    {
        var members = new JsonObject { ["USERNAME"] = name };
        foreach (var (key, value) in responses) members[key] = value;
        pool.AddSecretHash(members, name, "SECRET_HASH");
        return pool.World.CallAsync("RespondToAuthChallenge", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = challenge,
            ["Session"] = session,
            ["ChallengeResponses"] = members,
        });
    }

    /// <summary>The name of the challenge; fails on tokens.</summary>
    public static string Challenge(this JsonObject answer) => answer["ChallengeName"]!.GetValue<string>();

    /// <summary>A parameter of the challenge, or null.</summary>
    public static string? Parameter(this JsonObject answer, string name) => answer["ChallengeParameters"]![name]?.GetValue<string>();

    /// <summary>AvailableChallenges.</summary>
    public static string[] Available(this JsonObject answer) => [.. answer["AvailableChallenges"]!.AsArray().Select(c => c!.GetValue<string>())];

    /// <summary>Asserts that the answer has tokens.</summary>
    public static void ShouldBeSignedIn(this JsonObject answer) => Tokens.Of(answer).Access.ShouldNotBeEmpty();

    /// <summary>Another code of the same length.</summary>
    public static string Other(string code) => (code[0] == '9' ? '0' : '9') + code[1..];
}
