using System.Text;
using Poolhouse.Amazon;
using Poolhouse.Amazon.Cognito;
using Poolhouse.Core.Primitives;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Amazon;

/// <summary>The client of Amazon's protocol by itself: what is made again, and when it stops asking.</summary>
public sealed class CognitoClientTests
{
    // By the documentation's Python: hmac.new(b'secret', b'user@example.comclient', hashlib.sha256), in base64.
    [Fact]
    public void A_secret_hash_is_that_of_the_documentation() =>
        SecretHash.Of(new Secret("secret"), "user@example.com", "client").ShouldBe("4zqhOFl0JivfkWh1VINyOJyrDTdsinJktzPUT+t0plg=");

    [Theory]
    [InlineData("SignUp", Mishap.InternalError, 1, AmazonFailure.Unknown)]
    [InlineData("SignUp", Mishap.LostAnswer, 1, AmazonFailure.Unknown)]
    [InlineData("SignUp", Mishap.Garbage, 1, AmazonFailure.Unknown)]
    [InlineData("SignUp", Mishap.Throttled, 4, AmazonFailure.Throttled)]
    [InlineData("SignUp", Mishap.AccessDenied, 1, AmazonFailure.Refused)]
    [InlineData("AdminGetUser", Mishap.InternalError, 4, AmazonFailure.Unknown)]
    [InlineData("AdminGetUser", Mishap.LostAnswer, 4, AmazonFailure.Unknown)]
    [InlineData("AdminGetUser", Mishap.AccessDenied, 1, AmazonFailure.Refused)]
    public async Task What_failed_is_made_again_where_that_is_safe(string operation, Mishap mishap, int times, AmazonFailure failure)
    {
        await using var between = await Between.StartAsync(behind: null);
        var time = new ManualTime(DateTimeOffset.UtcNow);
        using var client = Client(between.Url, time);
        between.Mishap = _ => mishap;

        var failed = await FailAsync(client, operation, time);

        failed.Failure.ShouldBe(failure);
        between.Count(operation).ShouldBe(times);
    }

    [Fact]
    public async Task Nobody_listening_is_known_not_to_have_heard()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        using var client = Client($"http://127.0.0.1:{Ports.Free()}", time);

        var failed = await FailAsync(client, "SignUp", time);

        failed.Failure.ShouldBe(AmazonFailure.NotSent);
    }

    [Fact]
    public async Task After_many_failures_nobody_is_asked_for_a_while_and_then_one_who_finds_it_well()
    {
        await using var between = await Between.StartAsync(behind: null);
        var time = new ManualTime(DateTimeOffset.UtcNow);
        using var client = Client(between.Url, time);
        between.Mishap = _ => Mishap.InternalError;
        var failures = 0;
        while ((await FailAsync(client, "SignUp", time)).Type != "BreakerOpen") (++failures).ShouldBeLessThan(100);

        between.Mishap = _ => Mishap.None;
        var asked = between.Passed.Count;
        (await FailAsync(client, "SignUp", time)).Failure.ShouldBe(AmazonFailure.NotSent);
        between.Passed.Count.ShouldBe(asked);
        time.Advance(TimeSpan.FromSeconds(30));

        Encoding.UTF8.GetString(await client.CallAsync("SignUp", "{}"u8.ToArray(), TestContext.Current.CancellationToken)).ShouldBe("{}");
        failures.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Temporary_keys_send_and_sign_their_token()
    {
        await using var between = await Between.StartAsync(behind: null);
        using var client = new CognitoClient(
            new CognitoAddress(new Uri(between.Url), "eu-west-1"),
            new GivenCredentials(new AmazonKeys("ASIATEMPORARYKEY0000", new Secret("secret"), new Secret("the-token"))),
            new ManualTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            TimeSpan.FromMinutes(1));

        await client.CallAsync("AdminGetUser", "{}"u8.ToArray(), TestContext.Current.CancellationToken);

        var sent = between.Passed.ShouldHaveSingleItem();
        sent.Headers["X-Amz-Security-Token"].ShouldBe("the-token");
        sent.Headers["X-Amz-Date"].ShouldBe("20260102T030405Z");
        sent.Headers["Authorization"].ShouldStartWith(
            "AWS4-HMAC-SHA256 Credential=ASIATEMPORARYKEY0000/20260102/eu-west-1/cognito-idp/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=");
    }

    private static CognitoClient Client(string url, ManualTime time) =>
        new(new CognitoAddress(new Uri(url), "us-east-1"), new GivenCredentials(AmazonScene.Keys), time, TimeSpan.FromMinutes(30));

    // Waits between attempts are the manual clock's; it moves a little whenever the call has not ended.
    private static async Task<AmazonException> FailAsync(CognitoClient client, string operation, ManualTime time)
    {
        var call = client.CallAsync(operation, "{}"u8.ToArray(), CancellationToken.None);
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(call, Task.Delay(1));
        }

        return await Should.ThrowAsync<AmazonException>(call);
    }
}
