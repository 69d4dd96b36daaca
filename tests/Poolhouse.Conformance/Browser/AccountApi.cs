using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The account API behind the page: what others do while somebody looks at it.</summary>
public sealed class AccountApi(RunningServer server)
{
    /// <summary>The password of everybody made here.</summary>
    public const string Password = "Correct-horse-7";

    /// <summary>A confirmed user with an address of their own.</summary>
    public async Task<string> PersonAsync(string? prefix = null)
    {
        var email = $"{prefix}{Guid.NewGuid():N}@example.com";
        await server.Cognito.CreateUserAsync(email, Password);
        return email;
    }

    /// <summary>One who reviews and invites: a member of the pool's group <c>operators</c>.</summary>
    public async Task<string> OperatorAsync()
    {
        var email = await PersonAsync("operator-");
        await server.Cognito.SendAsync("CreateGroup", new() { ["UserPoolId"] = RunningServer.PoolId, ["GroupName"] = "operators" });
        await server.Cognito.CallAsync("AdminAddUserToGroup", new() { ["UserPoolId"] = RunningServer.PoolId, ["Username"] = email, ["GroupName"] = "operators" });
        return email;
    }

    /// <summary>Calls as somebody, or as nobody; answers the body.</summary>
    public async Task<JsonNode?> CallAsync(HttpMethod method, string path, string? email = null, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (email is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignInAsync(email));
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private async Task<string> SignInAsync(string email)
    {
        var tokens = await CallAsync(HttpMethod.Post, "auth/login", body: new() { ["email"] = email, ["password"] = Password });
        return tokens!["access_token"]!.GetValue<string>();
    }
}
