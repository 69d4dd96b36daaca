using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Links;

/// <summary>Calls about links, short.</summary>
internal static class LinkCalls
{
    public static Task<ApiAnswer> LinkAsync(this TestAccount account, string application, string email, string? password = null)
    {
        var body = new JsonObject { ["application"] = application, ["email"] = email };
        if (password is not null) body["password"] = password;
        return account.PostAsync("links", body);
    }

    public static Task<ApiAnswer> VerifyAsync(this TestAccount account, string id, string code) =>
        account.PostAsync("links/verify", new JsonObject { ["link_id"] = id, ["code"] = code });

    /// <summary>Asks for a code; answers the request's id.</summary>
    public static async Task<string> AskAsync(this TestAccount account, string application, string email)
    {
        var answer = (await account.LinkAsync(application, email)).Good(202);
        answer.Json["message"]!.GetValue<string>().ShouldBe("OTP sent");
        return answer.Json["link_id"]!.GetValue<string>();
    }

    public static async Task<IReadOnlyList<JsonNode>> LinksAsync(this TestAccount account) =>
        [.. (await account.GetAsync("links")).Good().Json["links"]!.AsArray().Select(link => link!)];

    /// <summary>Mails to an address, waited for until there are so many.</summary>
    public static async Task<IReadOnlyList<JsonNode>> MailsAsync(this World world, string to, int atLeast)
    {
        for (var i = 0; i < 200; i++)
        {
            var mails = await world.AllMailAsync(to);
            if (mails.Count >= atLeast) return mails;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Too few mails to {to}.");
    }
}
