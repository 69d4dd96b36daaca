using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>What a browser does with the session's cookie: keeps it, sends it, and says where its requests come from.</summary>
public sealed class Browser(World world)
{
    private const string Name = "__Host-poolhouse";

    /// <summary>The cookie; null for none.</summary>
    public string? Cookie { get; set; }

    /// <summary>The header that the last answer set a cookie by; null where it set none.</summary>
    public string? SetCookie { get; private set; }

    /// <summary>One call; the path is relative to <c>/api/v1/</c>.</summary>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string? token = null, string? origin = "own", string? site = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (Cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", $"theme=dark; {Name}={Cookie}");
        if (origin is not null && method != HttpMethod.Get) request.Headers.TryAddWithoutValidation("Origin", origin == "own" ? world.Url : origin);
        if (site is not null) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        using var response = await world.Http.SendAsync(request);
        SetCookie = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.Single() : null;
        if (SetCookie is not null && SetCookie.StartsWith(Name + "=", StringComparison.Ordinal))
        {
            var value = SetCookie[(Name.Length + 1)..].Split(';')[0];
            Cookie = value.Length == 0 ? null : value;
        }

        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>Reads.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Signs in.</summary>
    public Task<ApiAnswer> SignInAsync(string email, bool? remember = null, string password = TestAccount.Password) =>
        SendAsync(HttpMethod.Post, "session", new JsonObject { ["email"] = email, ["password"] = password, ["remember"] = remember });
}
