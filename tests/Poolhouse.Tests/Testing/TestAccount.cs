using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Somebody with an account at an application of the first start, signed in by the account API.</summary>
public sealed record TestAccount(World World, string Email, string Access, string Refresh)
{
    /// <summary>Of everybody who is made here.</summary>
    public const string Password = "Test-1234567";

    /// <summary>An address nobody has.</summary>
    public static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    /// <summary>Calls a route with the access token.</summary>
    public Task<ApiAnswer> GetAsync(string path) => World.ApiAsync(HttpMethod.Get, path, null, Access);

    /// <summary>Calls a route with the access token.</summary>
    public Task<ApiAnswer> PostAsync(string path, JsonObject? body = null) => World.ApiAsync(HttpMethod.Post, path, body, Access);

    /// <summary>Calls a route with the access token.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, JsonObject? body = null) => World.ApiAsync(method, path, body, Access);
}

/// <summary>The account API as tests call it.</summary>
public static class AccountWorld
{
    /// <summary>One call; the path is relative to <c>/api/v1/</c>.</summary>
    public static async Task<ApiAnswer> ApiAsync(this World world, HttpMethod method, string path, JsonObject? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await world.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>What register takes.</summary>
    public static JsonObject Registration(string email, string? application = null)
    {
        var body = new JsonObject
        {
            ["email"] = email, ["password"] = TestAccount.Password, ["first_name"] = "Test", ["last_name"] = "User", ["accept_terms"] = true,
        };
        if (application is not null) body["application"] = application;
        return body;
    }

    /// <summary>Somebody who registered, entered the code and signed in.</summary>
    /// <param name="world">Where.</param>
    /// <param name="application">The application's name; null for the default one.</param>
    /// <param name="more">Further members for register.</param>
    public static async Task<TestAccount> AccountAsync(this World world, string? application = null, JsonObject? more = null)
    {
        var email = TestAccount.NewEmail();
        var registration = Registration(email, application);
        foreach (var (name, value) in more ?? []) registration[name] = value?.DeepClone();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", registration)).Good();
        var verification = new JsonObject { ["email"] = email, ["code"] = await world.CodeAsync(email), ["purpose"] = "email_verification", ["application"] = application };
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", verification)).Good();
        return await world.SignInAsync(email, application);
    }

    /// <summary>Signs in once more.</summary>
    public static async Task<TestAccount> SignInAsync(this World world, string email, string? application = null)
    {
        var login = new JsonObject { ["email"] = email, ["password"] = TestAccount.Password, ["application"] = application };
        var tokens = (await world.ApiAsync(HttpMethod.Post, "auth/login", login)).Good().Json;
        return new TestAccount(world, email, tokens["access_token"]!.GetValue<string>(), tokens["refresh_token"]!.GetValue<string>());
    }

    /// <summary>Somebody who is in the pool's group <c>operators</c>.</summary>
    public static async Task<TestAccount> OperatorAsync(this World world, string? application = null)
    {
        var account = await world.AccountAsync(application);
        var pool = application == "swp" ? "us-east-1_PoolhouseSwp" : "us-east-1_Poolhouse";
        await world.CallAsync("CreateGroup", new JsonObject { ["UserPoolId"] = pool, ["GroupName"] = "operators" });
        await world.DoAsync("AdminAddUserToGroup", new JsonObject { ["UserPoolId"] = pool, ["GroupName"] = "operators", ["Username"] = account.Email });
        return await world.SignInAsync(account.Email, application);
    }
}
