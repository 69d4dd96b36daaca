using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>What the tests of past failures share: requests with headers of the test's choice, and mails as a whole.</summary>
internal static class PastFailureCalls
{
    /// <summary>One request with headers as they are, and a body of JSON or none.</summary>
    public static async Task<HttpResponseMessage> SendWithAsync(
        this World world, HttpMethod method, string path, JsonObject? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await world.Http.SendAsync(request);
    }

    /// <summary>A call of the account API with headers of the test's choice.</summary>
    public static async Task<ApiAnswer> ApiWithAsync(this World world, HttpMethod method, string path, JsonObject? body, params (string Name, string Value)[] headers)
    {
        using var response = await world.SendWithAsync(method, "/api/v1/" + path, body, headers);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>A call of the Cognito protocol, unsigned, with headers of the test's choice.</summary>
    public static async Task<Answer> CallWithAsync(this World world, string operation, JsonObject body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body.ToJsonString()) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await world.Http.SendAsync(request);
        return await Answer.ReadAsync(response, default);
    }

    /// <summary>Every mail to an address as the mailbox has it, once there are so many.</summary>
    public static async Task<JsonArray> MailboxAsync(this World world, string to, int atLeast)
    {
        await world.CodeAsync(to, atLeast);
        return JsonNode.Parse(await world.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(to)))!.AsArray();
    }

    /// <summary>Registers, and answers the code that was mailed.</summary>
    public static async Task<string> RegisteredAsync(this World world, string email, string password = TestAccount.Password, int mails = 1)
    {
        var body = AccountWorld.Registration(email);
        body["password"] = password;
        (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).Good();
        return await world.CodeAsync(email, mails);
    }

    /// <summary>verify-otp.</summary>
    public static Task<ApiAnswer> VerifyAsync(this World world, string email, string code, string? newPassword = null) =>
        world.ApiAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject
        {
            ["email"] = email, ["code"] = code, ["purpose"] = newPassword is null ? "email_verification" : "password_reset", ["new_password"] = newPassword,
        });

    /// <summary>login.</summary>
    public static Task<ApiAnswer> LoginAsync(this World world, string email, string password = TestAccount.Password, string? application = null) =>
        world.ApiAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = email, ["password"] = password, ["application"] = application });

    /// <summary>A code for a new password, by way of the account API.</summary>
    /// <param name="world">Where.</param>
    /// <param name="email">Whose.</param>
    /// <param name="mails">How many mails there are with this one.</param>
    public static async Task<string> ResetCodeAsync(this World world, string email, int mails = 2)
    {
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "password_reset" })).Good();
        return await world.CodeAsync(email, mails);
    }

    /// <summary>ForgotPassword's code, of a user with a verified address.</summary>
    public static async Task<string> ForgottenAsync(this TestUser user, int mails)
    {
        await user.Pool.PublicAsync("ForgotPassword", user.Name).ShouldSucceedAsync();
        return await user.Pool.World.CodeAsync(user.Email, mails);
    }

    /// <summary>ConfirmForgotPassword.</summary>
    public static Task<Answer> ResetAsync(this TestUser user, string code, string password = "Another-horse-1") =>
        user.Pool.PublicAsync("ConfirmForgotPassword", user.Name, new JsonObject { ["ConfirmationCode"] = code, ["Password"] = password });

    /// <summary>Every way to tokens that a user of <see cref="TestPool"/>'s client has, by its name; refreshes take a token of before.</summary>
    public static Task<Answer> TryAsync(this TestUser user, string way, Testing.Tokens before) => way switch
    {
        "USER_PASSWORD_AUTH" => user.TrySignInAsync(),
        "USER_SRP_AUTH" => new SrpPerson(user.Pool, user.Password).SignInAsync(user.Name),
        "USER_AUTH" => user.Pool.StartAsync(way, new JsonObject { ["USERNAME"] = user.Name, ["PREFERRED_CHALLENGE"] = "PASSWORD", ["PASSWORD"] = user.Password }),
        "ADMIN_USER_PASSWORD_AUTH" => user.Pool.AdminStartAsync(way, new JsonObject { ["USERNAME"] = user.Name, ["PASSWORD"] = user.Password }),
        "REFRESH_TOKEN_AUTH" => user.Pool.RefreshOldAsync(before.Refresh!),
        "GetTokensFromRefreshToken" => user.Pool.RefreshAsync(before.Refresh),
        "GetUser" => user.Pool.World.GetUserAsync(before.Access),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, null),
    };

    /// <summary>The ways of <see cref="TryAsync"/>.</summary>
    public static TheoryData<string> Ways =>
        ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH", "GetTokensFromRefreshToken", "GetUser"];
}
