using System.Net;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Development;

/// <summary>What Development allows on this machine, a page of another machine can't do through this machine's browser.</summary>
public sealed class ForeignPagesTests
{
    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:5173", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1:3000", HttpStatusCode.OK)]
    public async Task The_clock_is_read_by_pages_of_this_machine_only(string origin, HttpStatusCode expected)
    {
        var world = await World.OnAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dev/clock");
        request.Headers.Add("Origin", origin);

        var response = await world.Http.SendAsync(request);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task An_administrators_call_from_a_foreign_page_needs_a_configured_key()
    {
        var world = await World.OnAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"MaxResults":1}""") };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");

        var answer = await Answer.ReadAsync(await world.Http.SendAsync(request), CancellationToken.None);

        answer.ShouldBeError("UnrecognizedClientException");
    }
}
