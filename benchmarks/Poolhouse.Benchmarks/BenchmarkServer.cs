using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server;
using Poolhouse.Server.Wire;

namespace Poolhouse.Benchmarks;

/// <summary>A server in this process that listens nowhere: requests go straight to its endpoint. One user is signed in.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private const string Email = "somebody@example.com";
    private const string Password = "Correct-Horse-7";

    private readonly WebApplication app;
    private readonly string folder;
    private readonly CognitoEndpoint endpoint;

    private BenchmarkServer(WebApplication app, string folder)
    {
        (this.app, this.folder) = (app, folder);
        endpoint = app.Services.GetRequiredService<CognitoEndpoint>();
    }

    public IServiceProvider Services => app.Services;

    public string AccessToken { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    public static async Task<BenchmarkServer> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("poolhouse-benchmark-").FullName;
        var server = new BenchmarkServer(await ServerBuilder.BuildAsync(["--data", data], "Development"), data);
        await server.SignUpAsync();
        return server;
    }

    /// <summary>One call of the Cognito protocol; its answer's body.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string operation, ReadOnlyMemory<byte> body)
    {
        var http = new DefaultHttpContext { RequestServices = app.Services };
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = "application/x-amz-json-1.1";
        http.Request.ContentLength = body.Length;
        http.Request.Headers["X-Amz-Target"] = "AWSCognitoIdentityProviderService." + operation;
        // Any credentials will do in Development; public operations don't look.
        http.Request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=BENCHMARK/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00";
        http.Request.Headers["X-Amz-Date"] = "20260101T000000Z";
        using var input = new MemoryStream(body.ToArray(), writable: false);
        using var output = new MemoryStream(4096);
        http.Request.Body = input;
        http.Response.Body = output;
        await endpoint.HandleAsync(http);
        return http.Response.StatusCode == StatusCodes.Status200OK
            ? output.GetBuffer().AsMemory(0, (int)output.Length)
            : throw new InvalidOperationException($"{operation}: {Encoding.UTF8.GetString(output.ToArray())}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task SignUpAsync()
    {
        var pool = Services.GetRequiredService<Bootstrap>().PoolId;
        await CallAsync("SignUp", Utf8($$"""
            {"ClientId":"{{Bootstrap.WebClientId}}","Username":"{{Email}}","Password":"{{Password}}","UserAttributes":[{"Name":"email","Value":"{{Email}}"}]}
            """));
        await CallAsync("AdminConfirmSignUp", Utf8($$"""{"UserPoolId":"{{pool}}","Username":"{{Email}}"}"""));
        using var answer = JsonDocument.Parse(await CallAsync("InitiateAuth", Utf8(
            $$$"""{"ClientId":"{{{Bootstrap.WebClientId}}}","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"{{{Email}}}","PASSWORD":"{{{Password}}}"}}""")));
        var result = answer.RootElement.GetProperty("AuthenticationResult");
        AccessToken = result.GetProperty("AccessToken").GetString()!;
        RefreshToken = result.GetProperty("RefreshToken").GetString()!;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
