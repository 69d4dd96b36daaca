using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Signs calls as an AWS SDK does (Signature Version 4), with or without a session token.</summary>
/// <param name="AccessKeyId">Whose key.</param>
/// <param name="SecretKey">Its secret.</param>
/// <param name="SessionToken">Sent and signed; null sends none.</param>
public sealed record AwsSigner(string AccessKeyId, string SecretKey, string? SessionToken)
{
    private const string Prefix = "AWSCognitoIdentityProviderService";

    /// <summary>The credentials in an answer of GetCredentialsForIdentity.</summary>
    public static AwsSigner Of(JsonObject answer)
    {
        var credentials = answer["Credentials"]!;
        return new AwsSigner(
            credentials["AccessKeyId"]!.GetValue<string>(), credentials["SecretKey"]!.GetValue<string>(), credentials["SessionToken"]!.GetValue<string>());
    }

    /// <summary>One signed call.</summary>
    public async Task<Answer> CallAsync(World world, string operation, JsonObject request, string prefix = Prefix, string service = "cognito-idp", CancellationToken ct = default)
    {
        var body = request.ToJsonString();
        var at = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = new Uri(world.Url).Authority, ["x-amz-date"] = at, ["x-amz-target"] = $"{prefix}.{operation}",
        };
        if (SessionToken is not null) headers["x-amz-security-token"] = SessionToken;
        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{Hash(body)}";
        var scope = $"{at[..8]}/us-east-1/{service}/aws4_request";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + SecretKey), at[..8]), "us-east-1"), service), "aws4_request");
        var signature = Convert.ToHexStringLower(Mac(key, $"AWS4-HMAC-SHA256\n{at}\n{scope}\n{Hash(canonical)}"));

        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-amz-json-1.1");
        foreach (var (name, value) in headers.Where(h => h.Key != "host")) message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
        using var response = await world.Http.SendAsync(message, ct);
        return await Answer.ReadAsync(response, ct);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
