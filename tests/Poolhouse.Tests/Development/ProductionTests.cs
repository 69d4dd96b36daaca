using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server;

namespace Poolhouse.Tests.Development;

/// <summary>A server outside Development has none of what is for people who test.</summary>
public sealed class ProductionTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-production-").FullName;
    private readonly HttpClient http = new();
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        app = await ServerBuilder.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--data", folder, "--master-key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "--public-url", "https://id.example"],
            "Production");
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("POST", "/dev/reset")]
    [InlineData("GET", "/dev/clock")]
    [InlineData("POST", "/dev/clock")]
    [InlineData("GET", "/dev/snapshot")]
    [InlineData("PUT", "/dev/snapshot")]
    [InlineData("GET", "/dev/mailbox")]
    [InlineData("GET", "/mailbox/x/html")]
    public async Task Nothing_for_testing_is_there(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : new StringContent("""{"advance":"P1D"}""", Encoding.UTF8, "application/json") };

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBeOneOf(404, 405);
    }

    [Fact]
    public async Task A_key_that_is_not_configured_signs_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"MaxResults":1}""", Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("""{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}""");
    }

    [Fact]
    public async Task It_is_alive_and_ready()
    {
        (await http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void It_writes_no_master_key()
    {
        File.Exists(Path.Combine(folder, "master.key")).ShouldBeFalse();
    }
}
