using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Poolhouse.Load;

namespace Poolhouse.Large;

/// <summary>Calls of the user pools' API as bytes.</summary>
internal static class Api
{
    // Development accepts any signature from this machine.
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=AKIALARGE/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

    /// <summary>A whole request.</summary>
    public static byte[] Request(string operation, JsonObject body)
    {
        var text = body.ToJsonString();
        return Encoding.UTF8.GetBytes(
            "POST / HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-amz-json-1.1\r\n"
            + $"X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\n"
            + $"X-Amz-Date: 20260101T000000Z\r\nAuthorization: {Signature}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n"
            + text);
    }

    /// <summary>One call; its answer parsed, <c>default</c> where there is none.</summary>
    public static async Task<JsonElement> CallAsync(HttpConnection connection, string operation, JsonObject body)
    {
        var bytes = await connection.SendAsync(Request(operation, body));
        if (bytes.IsEmpty) return default;
        using var answer = JsonDocument.Parse(bytes);
        return answer.RootElement.Clone();
    }
}
