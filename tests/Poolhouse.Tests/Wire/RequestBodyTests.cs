using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

public sealed class RequestBodyTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused(bool isChunked)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"ClientId":"{{new string('a', TenMegabytes)}}"}""");

        var answer = await new RawCall("InitiateAuth", body) { IsChunked = isChunked }.AnswerAsync(await World.OnAsync());

        answer.Status.ShouldBe(413);
        answer.Type.ShouldBe("RequestEntityTooLargeException");
    }

    [Fact]
    public async Task A_chunked_body_of_a_fair_size_is_read()
    {
        var answer = await new RawCall("InitiateAuth", """{"ClientId":"nobody","AuthFlow":"USER_AUTH"}""") { IsChunked = true }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("ResourceNotFoundException");
    }

    [Theory]
    [InlineData("NoSuchOperation")]
    [InlineData("initiateAuth")]
    [InlineData("")]
    [InlineData("InitiateAuth ")]
    [InlineData("../InitiateAuth")]
    public async Task An_operation_that_is_not_there_is_unknown(string operation)
    {
        var answer = await new RawCall(operation, "{}").AnswerAsync(await World.OnAsync());

        // A header's trailing space is not part of it.
        if (operation.EndsWith(' ')) answer.Type.ShouldBe("InvalidParameterException");
        else answer.Text.ShouldBe("""{"__type":"UnknownOperationException"}""");
        answer.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("AWSCognitoIdentityService")]
    [InlineData("DynamoDB_20120810")]
    public async Task Another_service_is_unknown(string service)
    {
        var answer = await new RawCall("InitiateAuth", "{}") { Service = service }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("UnknownOperationException");
    }

    [Fact]
    public async Task No_target_is_unknown()
    {
        var answer = await new RawCall(null, "{}").AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("UnknownOperationException");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/cbor")]
    [InlineData(null)]
    public async Task Another_media_type_is_unknown(string? type)
    {
        var answer = await new RawCall("InitiateAuth", "{}") { ContentType = type }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("UnknownOperationException");
    }

    [Theory]
    [InlineData("application/x-amz-json-1.1; charset=utf-8")]
    [InlineData("APPLICATION/X-AMZ-JSON-1.1")]
    [InlineData("application/x-amz-json-1.0")]
    [InlineData("application/json")]
    public async Task A_media_type_of_json_is_read(string type)
    {
        var answer = await new RawCall("InitiateAuth", "{}") { ContentType = type }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("InvalidParameterException");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("""{"ClientId":"x",}""")]
    [InlineData("""{"ClientId":"x"} {}""")]
    [InlineData("""{/* comment */}""")]
    [InlineData("""{"ClientId":'x'}""")]
    [InlineData("""{"ClientId":NaN}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("""{"ClientId":"a\u0000b"}""")]
    [InlineData("""{"ClientId":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{\"ClientId\":\"a\tb\"}")]
    public async Task What_is_no_object_of_json_cannot_be_read(string body)
    {
        var answer = await new RawCall("InitiateAuth", body).AnswerAsync(await World.OnAsync());

        answer.Text.ShouldBe("""{"__type":"SerializationException"}""");
        answer.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(new byte[] { 0x7b, 0x22, 0x43, 0x6c, 0x69, 0x65, 0x6e, 0x74, 0x49, 0x64, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d })]
    [InlineData(new byte[] { 0x7b, 0x22, 0x43, 0x6c, 0x69, 0x65, 0x6e, 0x74, 0x49, 0x64, 0x22, 0x3a, 0x22, 0xc0, 0x80, 0x22, 0x7d })]
    [InlineData(new byte[] { 0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00 })]
    [InlineData(new byte[] { 0x1f, 0x8b, 0x08, 0x00 })]
    [InlineData(new byte[] { 0x00 })]
    public async Task Bytes_that_are_not_utf8_cannot_be_read(byte[] body)
    {
        var answer = await new RawCall("InitiateAuth", body).AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("SerializationException");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Deep_nesting_cannot_be_read(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));

        var answer = await new RawCall("InitiateAuth", $$"""{"Ignored":{{deep}}}""").AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("SerializationException");
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_object()
    {
        var world = await World.OnAsync();

        var empty = await new RawCall("InitiateAuth", "").AnswerAsync(world);
        var blank = await new RawCall("InitiateAuth", "{}").AnswerAsync(world);

        empty.ShouldBeError("InvalidParameterException");
        empty.Text.ShouldBe(blank.Text);
    }

    [Fact]
    public async Task Unknown_members_are_ignored()
    {
        var answer = await new RawCall("InitiateAuth", """{"ClientId":"nobody","AuthFlow":"USER_AUTH","Surprise":{"a":[1,null]},"__proto__":{},"clientid":7}""")
            .AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("ResourceNotFoundException", "User pool client nobody does not exist.");
    }

    [Theory]
    [InlineData("""{"ClientId":"first","ClientId":"last","AuthFlow":"USER_AUTH"}""")]
    [InlineData("""{"ClientId":1,"ClientId":"last","AuthFlow":"USER_AUTH"}""")]
    [InlineData("""{"ClientId":"first","Client\u0049d":"last","AuthFlow":"USER_AUTH"}""")]
    [InlineData("""{"ClientId":"nobody","AuthFlow":"USER_AUTH","AuthParameters":{"USERNAME":"a","USERNAME":"b"}}""")]
    public async Task A_member_sent_twice_cannot_be_read(string body)
    {
        var answer = await new RawCall("InitiateAuth", body).AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("SerializationException");
    }

    [Fact]
    public async Task A_backslash_before_u0000_is_text_and_no_nul()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob", """Correct\u0000-horse-1""");

        var answer = await bob.TrySignInAsync();

        answer.Status.ShouldBe(200, answer.Text);
    }

    [Fact]
    public async Task Escaped_member_names_are_the_names_they_stand_for()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await new RawCall("GetUser", $$"""{"Access\u0054oken":"{{tokens.Access}}"}""").AnswerAsync(pool.World);

        answer.Status.ShouldBe(200, answer.Text);
    }

    [Fact]
    public async Task A_null_in_a_list_is_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var request = new JsonObject
        {
            ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["Password"] = TestPool.Password,
            ["UserAttributes"] = new JsonArray(null, null), ["ClientMetadata"] = new JsonObject { ["a"] = null },
        };

        var answer = await new RawCall("SignUp", request.ToJsonString()).AnswerAsync(pool.World);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message!.ShouldContain("2 validation errors detected");
    }
}
