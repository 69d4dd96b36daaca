using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Amazon.Ses;

/// <summary>What SES got.</summary>
/// <param name="Request">The whole JSON.</param>
/// <param name="Mail">The message in it.</param>
/// <param name="Token">The session token, empty without one.</param>
internal sealed record SesMail(JsonObject Request, ParsedMail Mail, string Token);

/// <summary>Stands in the place of SES: checks each request's signature with the verifier that AWS's own suite checks, and says what a test wants said.</summary>
internal sealed class SesReceiver : IAsyncDisposable
{
    public const string Secret = "a secret of twenty-four";

    private readonly WebApplication app;

    private SesReceiver(WebApplication built) => app = built;

    public ConcurrentQueue<SesMail> Mails { get; } = new();

    /// <summary>Requests of any kind whose signature was right.</summary>
    public int Signed { get; private set; }

    /// <summary>The next answer to a signed request: status, the error's name, body.</summary>
    public (int Status, string Error, string Body) Answer { get; set; } = (200, "", """{"MessageId":"0100018c"}""");

    /// <summary>Where it stalls until it is let go; null where it doesn't.</summary>
    public TaskCompletionSource? Stall { get; set; }

    public string Url { get; private set; } = "";

    public static async Task<SesReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new SesReceiver(builder.Build());
        receiver.app.MapFallback(receiver.AnswerAsync);
        await receiver.app.StartAsync();
        receiver.Url = receiver.app.Urls.Single();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        Stall?.TrySetResult();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (!IsSigned(http.Request, body.ToArray()))
        {
            await WriteAsync(http, 403, "SignatureDoesNotMatch", "{}");
            return;
        }

        Signed++;
        if (Stall is { } stall) await stall.Task;
        var (status, error, text) = Answer;
        if (http.Request.Path == "/v2/email/outbound-emails" && http.Request.Method == "POST" && status == 200)
        {
            var request = JsonNode.Parse(body.ToArray())!.AsObject();
            var mime = Convert.FromBase64String(request["Content"]!["Raw"]!["Data"]!.GetValue<string>());
            Mails.Enqueue(new SesMail(request, ParsedMail.Of(Encoding.ASCII.GetString(mime)), http.Request.Headers["x-amz-security-token"].ToString()));
        }

        await WriteAsync(http, status, error, text);
    }

    private static async Task WriteAsync(HttpContext http, int status, string error, string body)
    {
        http.Response.StatusCode = status;
        if (error.Length > 0) http.Response.Headers["x-amzn-ErrorType"] = error;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    }

    private static bool IsSigned(HttpRequest request, byte[] body)
    {
        var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToList();
        var signed = new SignedRequest(request.Method, request.Path, "", headers, Convert.ToHexStringLower(SHA256.HashData(body)));
        return SignatureV4.Parse(request.Headers.Authorization, hasDateHeader: true) is AuthorizationHeader.Parsed parsed
            // What isn't signed could be taken away on the way.
            && (!request.Headers.ContainsKey("x-amz-security-token") || parsed.SignedHeaders.Contains("x-amz-security-token"))
            && SignatureV4.Verify(parsed, signed, Secret, new ExpectedScope("ses", "eu-west-1"), TimeProvider.System.GetUtcNow()) == SignatureOutcome.Valid;
    }
}
