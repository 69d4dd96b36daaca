using System.Text.Json.Nodes;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

public sealed class AuthorizationTests
{
    private const string Valid = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

    public static TheoryData<string> Signed => [.. Operations.Table.Rows.Select(r => r.Name).Where(n => CognitoIdpModel.Operations[n].Authorization == Authorization.SigV4)];

    public static TheoryData<string> Unsigned => [.. Operations.Table.Rows.Select(r => r.Name).Where(n => CognitoIdpModel.Operations[n].Authorization != Authorization.SigV4)];

    [Theory]
    [InlineData(null)]
    [InlineData(Valid)]
    [InlineData("AWS4-HMAC-SHA256 Credential=x")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0..")]
    [InlineData("Basic Og==")]
    [InlineData("nonsense")]
    public async Task A_public_operation_ignores_the_header_whatever_it_says(string? authorization)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var request = new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["Password"] = TestPool.Password };

        var answer = await new RawCall("SignUp", request.ToJsonString()) { Authorization = authorization }.AnswerAsync(pool.World);

        answer.Status.ShouldBe(200, answer.Text);
    }

    [Theory]
    [InlineData(Valid)]
    [InlineData("Bearer eyJhbGciOiJub25lIn0..")]
    public async Task An_operation_with_an_access_token_ignores_it_too(string authorization)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await new RawCall("GetUser", $$"""{"AccessToken":"{{tokens.Access}}"}""") { Authorization = authorization }.AnswerAsync(pool.World);

        answer.Status.ShouldBe(200, answer.Text);
    }

    [Theory]
    [MemberData(nameof(Unsigned))]
    public async Task No_unsigned_operation_asks_for_a_signature(string operation)
    {
        var answer = await new RawCall(operation, "{}").AnswerAsync(await World.OnAsync());

        answer.Type.ShouldBe("InvalidParameterException", answer.Text);
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public async Task Every_signed_operation_wants_a_signature_before_all_else(string operation)
    {
        var answer = await new RawCall(operation, "not even json").AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    [Fact]
    public async Task The_identity_service_asks_for_signatures_where_its_model_does()
    {
        var world = await World.OnAsync();

        foreach (var model in CognitoIdentityModel.Operations.Values)
        {
            var answer = await new RawCall(model.Name, "{}") { Service = "AWSCognitoIdentityService" }.AnswerAsync(world);
            answer.Type.ShouldBe(model.Authorization == Authorization.SigV4 ? "MissingAuthenticationTokenException" : "ValidationException", model.Name);
        }
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256", "'Credential'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/e", "'Signature'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=00", "'SignedHeaders'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", "5 slash-delimited")]
    [InlineData("Bearer abc", "'Credential'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Credential=a/b/c/d/e, SignedHeaders=host, Signature=00", "'Credential'")]
    public async Task A_malformed_header_is_told_what_it_lacks(string authorization, string lacks)
    {
        var answer = await new RawCall("ListUserPools", """{"MaxResults":1}""") { Authorization = authorization, Date = "20260101T000000Z" }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("IncompleteSignatureException");
        answer.Message!.ShouldContain(lacks);
        answer.Message!.ShouldNotContain("abc");
    }

    [Fact]
    public async Task A_signature_without_a_date_is_incomplete()
    {
        var answer = await new RawCall("ListUserPools", """{"MaxResults":1}""") { Authorization = Valid }.AnswerAsync(await World.OnAsync());

        answer.ShouldBeError("IncompleteSignatureException");
        answer.Message!.ShouldContain("'X-Amz-Date'");
    }

    [Fact]
    public async Task A_configured_key_must_sign_truly_even_in_development()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--AccessKeys:AKIATEST00000000000=0123456789abcdef0123");
        var header = Valid.Replace("AKIATEST/", "AKIATEST00000000000/", StringComparison.Ordinal);

        var answer = await new RawCall("ListUserPools", """{"MaxResults":1}""") { Authorization = header, Date = "20260101T000000Z" }.AnswerAsync(world);

        answer.Type.ShouldBe("InvalidSignatureException", answer.Text);
    }
}
