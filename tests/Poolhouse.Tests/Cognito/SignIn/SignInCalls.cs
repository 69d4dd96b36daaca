using System.Text.Json.Nodes;
using Poolhouse.Core.Srp;
using Poolhouse.Tests.Core.Srp;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>The calls of a sign-in, short enough to see the point of a test. SECRET_HASH is added where the client needs one.</summary>
internal static class SignInCalls
{
    /// <summary>The whole of a client that allows everything, with a secret or without.</summary>
    public static JsonObject Client(bool hasSecret = false, string? hides = null, int? sessionMinutes = null) => new()
    {
        ["ExplicitAuthFlows"] = new JsonArray(
            "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
        ["GenerateSecret"] = hasSecret,
        ["PreventUserExistenceErrors"] = hides,
        ["AuthSessionValidity"] = sessionMinutes ?? 3,
    };

    /// <summary>InitiateAuth.</summary>
    public static Task<Answer> StartAsync(this TestPool pool, string flow, JsonObject parameters, string? session = null) =>
        pool.World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = flow,
            ["AuthParameters"] = Hashed(pool, parameters),
            ["Session"] = session,
        });

    /// <summary>AdminInitiateAuth.</summary>
    public static Task<Answer> AdminStartAsync(this TestPool pool, string flow, JsonObject parameters) =>
        pool.World.CallAsync("AdminInitiateAuth", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = flow,
            ["AuthParameters"] = Hashed(pool, parameters),
        });

    /// <summary>RespondToAuthChallenge.</summary>
    public static Task<Answer> RespondAsync(this TestPool pool, string challenge, string? session, JsonObject responses) =>
        pool.World.CallAsync("RespondToAuthChallenge", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = challenge,
            ["Session"] = session,
            ["ChallengeResponses"] = Hashed(pool, responses),
        });

    /// <summary>AdminRespondToAuthChallenge.</summary>
    public static Task<Answer> AdminRespondAsync(this TestPool pool, string challenge, string? session, JsonObject responses) =>
        pool.World.CallAsync("AdminRespondToAuthChallenge", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = challenge,
            ["Session"] = session,
            ["ChallengeResponses"] = Hashed(pool, responses),
        });

    /// <summary>A call about a user that an administrator makes; it must succeed.</summary>
    public static Task<JsonObject> ManageAsync(this TestPool pool, string operation, string name, JsonObject? more = null)
    {
        var request = more ?? [];
        request["UserPoolId"] = pool.Id;
        request["Username"] = name;
        return pool.World.DoAsync(operation, request);
    }

    /// <summary>A user with a temporary password; no mail goes out.</summary>
    public static async Task<TestUser> InvitedAsync(this TestPool pool, string name, string password = TestPool.Password)
    {
        var made = await pool.ManageAsync("AdminCreateUser", name, new JsonObject
        {
            ["TemporaryPassword"] = password,
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(Attribute("email", pool.EmailOf(name)), Attribute("email_verified", "true")),
        });
        var sub = made["User"]!["Attributes"]!.AsArray().Single(a => a!["Name"]!.GetValue<string>() == "sub")!["Value"]!.GetValue<string>();
        return new TestUser(pool, name, password, sub);
    }

    /// <summary>A user who can sign in and whose e-mail address is verified.</summary>
    public static async Task<TestUser> VerifiedAsync(this TestPool pool, string name)
    {
        var user = await pool.ConfirmedAsync(name);
        await pool.ManageAsync("AdminUpdateUserAttributes", name, new JsonObject { ["UserAttributes"] = new JsonArray(Attribute("email_verified", "true")) });
        return user;
    }

    /// <summary>REFRESH_TOKEN_AUTH.</summary>
    public static Task<Answer> RefreshOldAsync(this TestPool pool, string token, string? hash = null)
    {
        var parameters = new JsonObject { ["REFRESH_TOKEN"] = token };
        if (hash is not null) parameters["SECRET_HASH"] = hash;
        return pool.StartAsync("REFRESH_TOKEN_AUTH", parameters);
    }

    /// <summary>GetTokensFromRefreshToken.</summary>
    public static Task<Answer> GetTokensAsync(this TestPool pool, string token, string? secret = null) =>
        pool.World.CallAsync("GetTokensFromRefreshToken", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["RefreshToken"] = token,
            ["ClientSecret"] = secret ?? pool.Secret,
        });

    /// <summary>GetUser, the plainest use of an access token.</summary>
    public static Task<Answer> GetUserAsync(this World world, string accessToken) =>
        world.CallAsync("GetUser", new JsonObject { ["AccessToken"] = accessToken });

    /// <summary>One AttributeType.</summary>
    public static JsonObject Attribute(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    /// <summary>A member of ChallengeParameters.</summary>
    public static string Parameter(this Answer answer, string name) => answer.Json["ChallengeParameters"]![name]!.GetValue<string>();

    /// <summary>The Session of an answer.</summary>
    public static string Session(this Answer answer) => answer.Json["Session"]!.GetValue<string>();

    /// <summary>The answer holds tokens.</summary>
    public static Testing.Tokens ShouldBeSignedIn(this Answer answer)
    {
        answer.Status.ShouldBe(200, answer.Text);
        return Testing.Tokens.Of(answer.Json);
    }

    /// <summary>The answer asks for a challenge.</summary>
    public static Answer ShouldAskFor(this Answer answer, string challenge)
    {
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json["ChallengeName"]?.GetValue<string>().ShouldBe(challenge);
        return answer;
    }

    private static JsonObject Hashed(TestPool pool, JsonObject parameters)
    {
        if (parameters["USERNAME"] is { } name && !parameters.ContainsKey("SECRET_HASH")) pool.AddSecretHash(parameters, name.GetValue<string>(), "SECRET_HASH");
        return parameters;
    }
}

/// <summary>One person's half of SRP. Keeps its A for as long as it lives, as pycognito does.</summary>
internal sealed class SrpPerson(TestPool pool, string password = TestPool.Password)
{
    private static readonly IModularExponentiation Group = ModularExponentiation.Create();
    private readonly SrpClient client = new(Group, pool.Id.Split('_')[1], password);

    /// <summary>SRP_A as hex.</summary>
    public string A => client.PublicValue.ToString("x").TrimStart('0');

    /// <summary>USER_SRP_AUTH.</summary>
    public Task<Answer> StartAsync(string name) => pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = name, ["SRP_A"] = A });

    /// <summary>ChallengeResponses to a PASSWORD_VERIFIER.</summary>
    public JsonObject Proof(Answer challenge, string? name = null, string? timestamp = null)
    {
        var user = challenge.Parameter("USER_ID_FOR_SRP");
        var block = challenge.Parameter("SECRET_BLOCK");
        var at = timestamp ?? Timestamp(DateTimeOffset.UtcNow);
        var key = client.SessionKey(challenge.Parameter("SRP_B"), challenge.Parameter("SALT"), user);
        return new JsonObject
        {
            ["USERNAME"] = name ?? user,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = client.Sign(key, user, Convert.FromBase64String(block), at),
            ["TIMESTAMP"] = at,
        };
    }

    /// <summary>Both calls.</summary>
    public async Task<Answer> SignInAsync(string name)
    {
        var challenge = (await StartAsync(name)).ShouldAskFor("PASSWORD_VERIFIER");
        return await pool.RespondAsync("PASSWORD_VERIFIER", null, Proof(challenge));
    }

    /// <summary>As clients write it.</summary>
    public static string Timestamp(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
