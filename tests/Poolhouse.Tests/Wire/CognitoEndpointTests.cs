using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

public sealed class CognitoEndpointTests
{
    [Fact]
    public async Task Success_has_a_request_id_and_this_protocols_media_type()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        using var response = await new RawCall("SignUp", SignUp(pool)).SendAsync(pool.World);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/x-amz-json-1.1");
        Guid.TryParse(response.Headers.GetValues("x-amzn-requestid").Single(), out _).ShouldBeTrue();
        response.Headers.Contains("x-amzn-errortype").ShouldBeFalse();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task An_error_says_its_name_and_words_in_headers_and_body()
    {
        using var response = await new RawCall("InitiateAuth", """{"ClientId":"nobody","AuthFlow":"USER_PASSWORD_AUTH"}""").SendAsync(await World.OnAsync());

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/x-amz-json-1.1");
        response.Headers.GetValues("x-amzn-errortype").ShouldBe(["ResourceNotFoundException:"]);
        response.Headers.GetValues("x-amzn-errormessage").ShouldBe(["User pool client nobody does not exist."]);
        Guid.TryParse(response.Headers.GetValues("x-amzn-requestid").Single(), out _).ShouldBeTrue();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("""{"__type":"ResourceNotFoundException","message":"User pool client nobody does not exist."}""");
    }

    [Fact]
    public async Task Request_ids_differ()
    {
        var world = await World.OnAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            (await new RawCall("InitiateAuth", "{}").AnswerAsync(world)).Headers.GetValues("x-amzn-requestid").Single()));

        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task A_message_that_quotes_the_client_cannot_break_out_of_its_header()
    {
        using var response = await new RawCall("DescribeUserPool", """{"UserPoolId":"us-east-1_x\r\nSet-Cookie: a=b\n\u00e9"}""")
        {
            Authorization = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00",
            Date = "20260101T000000Z",
        }.SendAsync(await World.OnAsync());

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.GetValues("x-amzn-errormessage").Single().ShouldAllBe(c => c >= ' ' && c <= '~');
    }

    [Fact]
    public async Task An_operation_with_an_empty_output_answers_an_empty_object()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.SignedUpAsync("bob");

        var answer = await pool.World.CallAsync("AdminConfirmSignUp", new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob" }, TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("{}");
    }

    [Theory]
    [InlineData("AdminDeleteUser")]
    [InlineData("DeleteUserPool")]
    [InlineData("DeleteUserPoolClient")]
    [InlineData("DeleteUser")]
    public async Task An_operation_without_output_answers_no_byte(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var request = operation switch
        {
            "AdminDeleteUser" => new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob" },
            "DeleteUserPool" => new JsonObject { ["UserPoolId"] = pool.Id },
            "DeleteUserPoolClient" => new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId },
            _ => new JsonObject { ["AccessToken"] = tokens.Access },
        };

        var answer = await pool.World.CallAsync(operation, request, TestContext.Current.CancellationToken);

        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe("");
    }

    [Theory]
    [InlineData("UpdateUserPool")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminEnableUser")]
    [InlineData("AdminSetUserPassword")]
    [InlineData("GlobalSignOut")]
    [InlineData("RevokeToken")]
    public async Task These_answer_two_bytes(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var request = operation switch
        {
            "UpdateUserPool" => new JsonObject { ["UserPoolId"] = pool.Id },
            "AdminSetUserPassword" => new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob", ["Password"] = "Another-horse-2" },
            "GlobalSignOut" => new JsonObject { ["AccessToken"] = tokens.Access },
            "RevokeToken" => new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh },
            _ => new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob" },
        };

        var answer = await pool.World.CallAsync(operation, request, TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("{}");
    }

    [Fact]
    public async Task Times_are_seconds_since_1970_and_nothing_is_null()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var text = (await pool.ManageAsync("AdminGetUser", "bob")).ToJsonString();

        var created = JsonNode.Parse(text)!["UserCreateDate"]!.AsValue();
        created.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        var age = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m - decimal.Parse(created.ToJsonString(), CultureInfo.InvariantCulture);
        age.ShouldBeInRange(-1, 60);
        text.ShouldNotContain("null");
    }

    [Fact]
    public async Task A_browsers_preflight_is_granted()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/");
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "cache-control,content-type,x-amz-target,x-amz-user-agent,amz-sdk-invocation-id,amz-sdk-request");

        using var response = await (await World.OnAsync()).Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBeOneOf(200, 204);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("POST");
        var allowed = response.Headers.GetValues("Access-Control-Allow-Headers").Single();
        foreach (var header in (string[])["x-amz-target", "x-amz-user-agent", "cache-control", "amz-sdk-invocation-id", "amz-sdk-request"]) allowed.ShouldContain(header);
    }

    [Fact]
    public async Task A_browser_may_read_success_and_errors_alike()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        foreach (var body in (string[])[SignUp(pool), "{}", "not json"])
        {
            using var response = await new RawCall("SignUp", body) { Origin = "https://app.example" }.SendAsync(pool.World);
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
            var exposed = response.Headers.GetValues("Access-Control-Expose-Headers").Single();
            foreach (var header in (string[])["x-amzn-RequestId", "x-amzn-ErrorType", "x-amzn-ErrorMessage", "Date"]) exposed.ShouldContain(header);
            response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Only_post_calls_operations(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");

        using var response = await (await World.OnAsync()).Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("UserPools\"");
        ((int)response.StatusCode).ShouldBeLessThan(500);
    }

    private static string SignUp(TestPool pool) => new JsonObject
    {
        ["ClientId"] = pool.ClientId, ["Username"] = "u" + Guid.NewGuid().ToString("N"), ["Password"] = TestPool.Password,
    }.ToJsonString();
}
