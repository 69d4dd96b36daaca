using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Invites;

/// <summary>What tests of invitations share.</summary>
internal static partial class InviteScene
{
    /// <summary>Options of a world with the first start's application of rules of its own.</summary>
    public static string[] Application(params (string Name, string Value)[] rules) =>
    [
        "--Applications:ltd:UserPoolId", "us-east-1_Poolhouse", "--Applications:ltd:ClientId", "poolhouseaccountapi0000000",
        .. rules.SelectMany(rule => new[] { "--Applications:ltd:" + rule.Name, rule.Value }),
    ];

    /// <summary>Invites somebody; answers the invitation's id.</summary>
    public static async Task<string> InviteAsync(this TestAccount inviter, string email, string? kind = null, string? locale = null)
    {
        var body = new JsonObject { ["email"] = email };
        if (kind is not null) body["kind"] = kind;
        if (locale is not null) body["locale"] = locale;
        return (await inviter.PostAsync("invites", body)).Good(201).Json["id"]!.GetValue<string>();
    }

    /// <summary>The token of the newest mail to an address that has a link.</summary>
    public static async Task<string> TokenAsync(this World world, string email, int atLeast = 1) =>
        Link().Match((await world.MailsAsync(email, atLeast))[^1]["text"]!.GetValue<string>()).Groups["token"].Value;

    /// <summary>Mails to an address that have a link, waited for.</summary>
    public static async Task<List<JsonNode>> MailsAsync(this World world, string email, int atLeast = 1)
    {
        for (var i = 0; i < 200; i++)
        {
            var mails = JsonNode.Parse(await world.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(email)))!.AsArray()
                .Where(mail => Link().IsMatch(mail!["text"]!.GetValue<string>())).ToList();
            if (mails.Count >= atLeast) return mails!;
            await Task.Delay(50);
        }

        throw new TimeoutException($"No link to {email}.");
    }

    /// <summary>Registers with an invitation.</summary>
    public static Task<ApiAnswer> RegisterAsync(this World world, string email, string? token)
    {
        var body = AccountWorld.Registration(email);
        if (token is not null) body["invite_token"] = token;
        return world.ApiAsync(HttpMethod.Post, "auth/register", body);
    }

    /// <summary>Presses the button.</summary>
    public static Task<ApiAnswer> ConfirmAsync(this World world, string token) =>
        world.ApiAsync(HttpMethod.Post, "confirm-account", new JsonObject { ["token"] = token });

    /// <summary>A user of the first pool; null where there is none.</summary>
    public static async Task<JsonObject?> UserAsync(this World world, string email)
    {
        var answer = await world.CallAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = email });
        return answer.Status == 200 ? answer.Json : null;
    }

    /// <summary>A user's attribute.</summary>
    public static string? Attribute(this JsonObject user, string name) =>
        user["UserAttributes"]!.AsArray().FirstOrDefault(a => a!["Name"]!.GetValue<string>() == name)?["Value"]!.GetValue<string>();

    [GeneratedRegex(@"(?<base>http://\S+)/invite\?confirmation=(?<token>[\w-]+)", RegexOptions.ExplicitCapture)]
    public static partial Regex Link();
}
