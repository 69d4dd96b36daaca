using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Poolhouse.Tests.Cognito.Triggers;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Triggers;

/// <summary>The way to functions, seen through a pool whose PreSignUp they are.</summary>
public sealed class HttpFunctionsTests
{
    [Fact]
    public async Task A_lambda_endpoint_is_called_by_lambdas_convention()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });

        (await SignUpAsync(tw.World, arn + ":live")).Status.ShouldBe(200);

        var request = tw.Functions.RequestsOf(arn).ShouldHaveSingleItem();
        request.Path.ShouldBe($"/2015-03-31/functions/{arn.Split(':')[6]}/invocations");
        request.Headers["X-Amz-Invocation-Type"].ToString().ShouldBe("RequestResponse");
        request.Headers.ContentType.ToString().ShouldBe("application/json");
    }

    [Fact]
    public async Task A_function_that_does_not_answer_is_tried_three_times()
    {
        await using var functions = await FunctionServer.StartAsync();
        await using var world = await World.StartAsync(Engine.Sqlite, "--lambda-endpoint", functions.Url, "--function-timeout-seconds", "0.2");
        using var never = new SemaphoreSlim(0);
        var arn = functions.AddRaw((http, _) => never.WaitAsync(http.RequestAborted));

        var answer = await SignUpAsync(world, arn);

        answer.ShouldBeError("UnexpectedLambdaException", "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.");
        functions.RequestsOf(arn).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_a_function_that_does_not_answer()
    {
        await using var functions = await FunctionServer.StartAsync();
        await using var world = await World.StartAsync(Engine.Sqlite, "--lambda-endpoint", functions.Url, "--function-timeout-seconds", "0.2");
        using var never = new SemaphoreSlim(0);
        var arn = functions.AddRaw(async (http, _) =>
        {
            await http.Response.WriteAsync("{");
            await http.Response.Body.FlushAsync();
            await never.WaitAsync(http.RequestAborted);
        });

        (await SignUpAsync(world, arn)).ShouldBeError("UnexpectedLambdaException");
    }

    [Theory]
    [InlineData(503, 3)]
    [InlineData(429, 3)]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    [InlineData(302, 1)]
    [InlineData(204, 1)]
    public async Task What_may_pass_is_tried_again_and_what_will_not_is_not(int status, int attempts)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.AddRaw((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = tw.Functions.Url + "/elsewhere";
            return Task.CompletedTask;
        });

        (await SignUpAsync(tw.World, arn)).ShouldBeError("UnexpectedLambdaException", $"PreSignUp invocation failed due to error ServiceException: status {status}.");

        tw.Functions.RequestsOf(arn).Count.ShouldBe(attempts);
        tw.Functions.RequestsOf("::::::elsewhere").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_attempt_may_succeed()
    {
        var tw = await TriggerWorld.OnAsync();
        var calls = 0;
        var arn = tw.Functions.AddRaw((http, body) =>
        {
            if (Interlocked.Increment(ref calls) > 1) return http.Response.WriteAsync(body);
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });

        (await SignUpAsync(tw.World, arn)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"response\":")]
    [InlineData("{}")]
    [InlineData("""{"response":null}""")]
    [InlineData("""{"response":[]}""")]
    [InlineData("""{"response":{"autoConfirmUser":"yes"}}""")]
    [InlineData("<html>")]
    public async Task What_is_no_answer_makes_no_user(string body)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.AddRaw((http, _) => http.Response.WriteAsync(body));

        (await SignUpAsync(tw.World, arn)).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");

        tw.Functions.RequestsOf(arn).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_none()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.AddRaw((http, _) => http.Response.WriteAsync("""{"response":{},"padding":" """ + new string('x', 300_000) + "\"}"));

        (await SignUpAsync(tw.World, arn)).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }

    [Theory]
    [InlineData("""{"errorMessage":"because \"so\""}""", """PreSignUp failed with error because "so".""")]
    [InlineData("""{"errorMessage":7}""", "PreSignUp failed with error null.")]
    [InlineData("not json", "PreSignUp failed with error null.")]
    public async Task Whatever_a_function_throws_is_told(string body, string message)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.AddRaw((http, _) =>
        {
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return http.Response.WriteAsync(body);
        });

        (await SignUpAsync(tw.World, arn)).ShouldBeError("UserLambdaValidationException", message);
    }

    [Fact]
    public async Task A_function_without_an_address_is_named()
    {
        await using var world = await World.StartAsync();

        (await SignUpAsync(world, "arn:aws:lambda:us-east-1:000000000000:function:hello")).ShouldBeError(
            "UnexpectedLambdaException",
            "PreSignUp invocation failed due to error FunctionNotConfigured: the server's options name no address for the function hello.");
    }

    [Fact]
    public async Task A_webhook_is_signed_and_may_refuse()
    {
        const string Secret = "a-secret-of-the-webhook";
        await using var functions = await FunctionServer.StartAsync();
        var good = functions.Add(_ => { });
        var bad = functions.AddRaw((http, _) =>
        {
            http.Response.StatusCode = 422;
            return http.Response.WriteAsync("""{"errorMessage":"No room"}""");
        });
        var (goodName, badName) = (good.Split(':')[6], bad.Split(':')[6]);
        await using var world = await World.StartAsync(
            Engine.Sqlite,
            $"--Functions:one:Function={good}", $"--Functions:one:Url={functions.Url}/hooks/{goodName}", "--Functions:one:Kind=webhook", $"--Functions:one:Secret={Secret}",
            $"--Functions:{badName}:Url={functions.Url}/hooks/{badName}", $"--Functions:{badName}:Kind=webhook", $"--Functions:{badName}:Secret={Secret}");
        await world.AdvanceAsync("P3D");

        (await SignUpAsync(world, good)).Status.ShouldBe(200);
        (await SignUpAsync(world, bad)).ShouldBeError("UserLambdaValidationException", "PreSignUp failed with error No room.");

        var request = functions.RequestsOf(good).ShouldHaveSingleItem();
        request.Path.ShouldBe("/hooks/" + goodName);
        var timestamp = request.Headers["Poolhouse-Timestamp"].ToString();
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(timestamp + "." + request.Body));
        request.Headers["Poolhouse-Signature"].ToString().ShouldBe("v1=" + Convert.ToHexStringLower(expected));
        // Other machines compare it with their own clocks, so it is the real time, wherever the virtual clock stands.
        (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp))).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    private static async Task<Answer> SignUpAsync(World world, string arn)
    {
        var pool = await world.PoolAsync(new JsonObject { ["LambdaConfig"] = new JsonObject { ["PreSignUp"] = arn } });
        return await pool.PublicAsync("SignUp", "ann", new JsonObject { ["Password"] = TestPool.Password });
    }
}
