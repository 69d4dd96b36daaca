using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Threats;

/// <summary>Calls about threat protection, short.</summary>
internal static class ThreatCalls
{
    public const string Home = "192.0.2.1";
    public const string Away = "203.0.113.5";

    /// <summary>A pool whose threat protection is on.</summary>
    public static Task<TestPool> ThreatPoolAsync(this World world, string mode = "ENFORCED", JsonObject? client = null) =>
        world.PoolAsync(new JsonObject
        {
            ["UserPoolTier"] = "PLUS",
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = mode },
        }, client);

    public static Task<Answer> SetRiskAsync(this TestPool pool, string configuration, bool ofClient = false)
    {
        var request = JsonNode.Parse(configuration)!.AsObject();
        request["UserPoolId"] = pool.Id;
        if (ofClient) request["ClientId"] = pool.ClientId;
        return pool.World.CallAsync("SetRiskConfiguration", request);
    }

    /// <summary>A sign-in by a server that says whom it speaks for.</summary>
    public static Task<Answer> SignInFromAsync(this TestUser user, string address, string? password = null, string agent = "curl/8", string? deviceKey = null)
    {
        var parameters = new JsonObject { ["USERNAME"] = user.Name, ["PASSWORD"] = password ?? user.Password };
        if (deviceKey is not null) parameters["DEVICE_KEY"] = deviceKey;
        return user.Pool.World.CallAsync("AdminInitiateAuth", new JsonObject
        {
            ["UserPoolId"] = user.Pool.Id,
            ["ClientId"] = user.Pool.ClientId,
            ["AuthFlow"] = "ADMIN_USER_PASSWORD_AUTH",
            ["AuthParameters"] = parameters,
            ["ContextData"] = Context(address, agent),
        });
    }

    public static JsonObject Context(string address, string agent = "curl/8") => new()
    {
        ["IpAddress"] = address,
        ["ServerName"] = "example.com",
        ["ServerPath"] = "/",
        ["HttpHeaders"] = new JsonArray(new JsonObject { ["headerName"] = "user-agent", ["headerValue"] = agent }),
    };

    public static async Task<List<JsonObject>> EventsAsync(this TestPool pool, string username)
    {
        var answer = await pool.AdminAsync("AdminListUserAuthEvents", username);
        answer.Status.ShouldBe(200, answer.Text);
        return [.. answer.Json["AuthEvents"]!.AsArray().Select(e => e!.AsObject())];
    }

    public static async Task<List<JsonObject>> SignInEventsAsync(this TestPool pool, string username) =>
        [.. (await pool.EventsAsync(username)).Where(e => e.Text("EventType") == "SignIn")];

    /// <summary>Challenges of an event as "Password+ Mfa-".</summary>
    public static string Challenges(this JsonObject e) => string.Join(' ', e["ChallengeResponses"]!.AsArray().Select(c =>
        c.Text("ChallengeName") + (c.Text("ChallengeResponse") == "Success" ? "+" : "-")));

    public static async Task<List<string>> MailsAsync(this World world, string to, string subject)
    {
        for (var i = 0; i < 100; i++)
        {
            var messages = JsonNode.Parse(await world.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(to)))!.AsArray();
            var found = messages.Where(m => m!["subject"]!.GetValue<string>() == subject).Select(m => m!.ToJsonString()).ToList();
            if (found.Count > 0) return found;
            await Task.Delay(50);
        }

        return [];
    }
}
