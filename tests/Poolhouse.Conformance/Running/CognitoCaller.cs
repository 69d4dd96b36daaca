using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Poolhouse.Conformance.Running;

/// <summary>Calls of the user-pool protocol over plain HTTP: to build scenes and to look behind a client.</summary>
public sealed class CognitoCaller(HttpClient http)
{
    // Any credentials do in Development on loopback.
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

    /// <summary>Calls an operation and answers status and body, whatever they are.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string operation, JsonObject request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(request.ToJsonString()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        message.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        message.Headers.Add("X-Amz-Date", "20260101T000000Z");
        message.Headers.TryAddWithoutValidation("Authorization", Signature);
        using var response = await http.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Calls an operation that has to succeed.</summary>
    public async Task<JsonNode> CallAsync(string operation, JsonObject request)
    {
        var (status, body) = await SendAsync(operation, request);
        if (status != HttpStatusCode.OK) throw new InvalidOperationException($"{operation} answered {(int)status}: {body?.ToJsonString()}");
        return body ?? new JsonObject();
    }

    /// <summary>A confirmed user of the web client's pool, who never had to confirm.</summary>
    public async Task CreateUserAsync(string email, string password, bool isPermanent = true)
    {
        await CallAsync("AdminCreateUser", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["Username"] = email,
            ["TemporaryPassword"] = password,
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(Attribute("email", email), Attribute("email_verified", "true")),
        });
        if (!isPermanent) return;
        await CallAsync("AdminSetUserPassword", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["Username"] = email,
            ["Password"] = password,
            ["Permanent"] = true,
        });
    }

    /// <summary>An attribute as requests have it.</summary>
    public static JsonNode Attribute(string name, string value) => new JsonObject { ["Name"] = name, ["Value"] = value };
}
