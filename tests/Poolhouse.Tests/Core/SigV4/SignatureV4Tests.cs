using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Core.SigV4;

/// <summary>A call to ListUsers signed by botocore 1.43.11 with a session token, and what may not happen to it.</summary>
public sealed class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/cognito-idp/aws4_request, " +
        "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, " +
        "Signature=1ac6df935ccda4ad33a164fbfd7c2b361b31d11e6c0260a176253d157a5bf2c8";

    private static readonly DateTimeOffset SignedAt = new(2026, 11, 21, 10, 40, 6, TimeSpan.Zero);
    private static readonly ExpectedScope Expected = new("cognito-idp", "us-east-1");

    private static readonly SignedRequest Request = new(
        "POST", "/", "",
        [
            new("Host", "localhost:8001"), new("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUsers"),
            new("Content-Type", "application/x-amz-json-1.1"), new("X-Amz-Security-Token", "session/token+1="),
            new("X-Amz-Date", "20261121T104006Z"), new("User-Agent", "not signed"),
        ],
        Sha256("""{"UserPoolId": "us-east-1_Abc123", "Limit": 5}"""));

    [Fact]
    public void A_call_signed_by_botocore_is_valid() => Verify(Request).ShouldBe(SignatureOutcome.Valid);

    [Fact]
    public void A_call_signed_by_botocore_below_a_prefix_is_valid()
    {
        var request = new SignedRequest(
            "POST", "/prefix/a%20b/", "",
            [
                new("Host", "localhost:8001"), new("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUsers"),
                new("Content-Type", "application/x-amz-json-1.1"), new("X-Amz-Date", "20261121T104006Z"),
            ],
            Sha256("""{"Name": "Jérôme"}"""));

        Verify(request, Authorization
            .Replace("x-amz-security-token;", "")
            .Replace("1ac6df935ccda4ad33a164fbfd7c2b361b31d11e6c0260a176253d157a5bf2c8", "3ba572c8818fdfc7cda3bd495b714a7eef3383db8bf0ec150b8ed81f4a15c62c"))
            .ShouldBe(SignatureOutcome.Valid);
    }

    [Fact]
    public void Headers_that_are_not_signed_may_change() =>
        Verify(Request with { Headers = [.. Request.Headers.SkipLast(1), new("User-Agent", "another")] }).ShouldBe(SignatureOutcome.Valid);

    [Theory]
    [InlineData("X-Amz-Target", "AWSCognitoIdentityProviderService.AdminDeleteUser")]
    [InlineData("Host", "localhost:8002")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("X-Amz-Security-Token", "other")]
    public void Signed_headers_may_not_change(string name, string value) =>
        Verify(With(name, value)).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);

    [Fact]
    public void The_rest_of_the_request_may_not_change()
    {
        Verify(Request with { BodySha256 = Sha256("{}") }).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request with { Path = "/other" }).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request with { QueryString = "a=b" }).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request, secret: "another").ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request, Authorization[..^1] + "9").ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request, Authorization[..^1]).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
        Verify(Request, Authorization.Replace("1ac6df", "1AC6DF")).ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
    }

    [Theory]
    [InlineData(-301, SignatureOutcome.NotYetValid)]
    [InlineData(-300, SignatureOutcome.Valid)]
    [InlineData(300, SignatureOutcome.Valid)]
    [InlineData(301, SignatureOutcome.Expired)]
    public void Clocks_may_differ_by_five_minutes(int seconds, SignatureOutcome outcome) =>
        Verify(Request, now: SignedAt.AddSeconds(seconds)).ShouldBe(outcome);

    [Theory]
    [InlineData("us-east-1/cognito-idp", "us-east-1/cognito-identity")]
    [InlineData("us-east-1/cognito-idp", "eu-west-1/cognito-idp")]
    [InlineData("/20261121/", "/20261120/")]
    [InlineData("aws4_request", "aws3_request")]
    public void The_scope_must_be_ours(string part, string other) =>
        Verify(Request, Authorization.Replace(part, other)).ShouldBe(SignatureOutcome.ScopeMismatch);

    [Theory]
    [InlineData("host;", "")]
    [InlineData("x-amz-date;", "")]
    [InlineData(";x-amz-target", "")]
    [InlineData("x-amz-security-token;", "")]
    [InlineData(";x-amz-target", ";x-amz-target;x-absent")]
    public void What_gives_a_call_its_meaning_must_be_signed(string part, string other) =>
        Verify(Request, Authorization.Replace(part, other)).ShouldBe(SignatureOutcome.HeaderNotSigned);

    [Fact]
    public void Endless_lists_of_signed_headers_are_not_walked() =>
        Verify(Request, Authorization.Replace("host;", string.Concat(Enumerable.Repeat("host;", 1000)))).ShouldBe(SignatureOutcome.HeaderNotSigned);

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void A_declared_hash_must_be_that_of_the_body(string hash) =>
        Verify(
            Request with { Headers = [.. Request.Headers, new("x-amz-content-sha256", hash)] },
            Authorization.Replace("host;", "host;x-amz-content-sha256;")).ShouldBe(SignatureOutcome.BodyHashMismatch);

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-21T10:40:06Z")]
    public void A_date_that_cannot_be_read_is_said_to_be_so(string date) =>
        Verify(With("X-Amz-Date", date)).ShouldBe(SignatureOutcome.MalformedDate);

    [Fact]
    public void Messages_are_those_of_AWS()
    {
        string Message(SignatureOutcome outcome, string authorization = Authorization) => SignatureMessages.For(
            outcome, (AuthorizationHeader.Parsed)SignatureV4.Parse(authorization, true), Request, Expected, SignedAt.AddMinutes(6));

        Message(SignatureOutcome.SignatureDoesNotMatch).ShouldStartWith("The request signature we calculated does not match");
        Message(SignatureOutcome.Expired).ShouldBe(
            "Signature expired: 20261121T104006Z is now earlier than 20261121T104106Z (20261121T104606Z - 5 min.)");
        Message(SignatureOutcome.ScopeMismatch, Authorization.Replace("/20261121/", "/20261120/")).ShouldBe(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261120' != '20261121', from '20261121T104006Z'.");
        Message(SignatureOutcome.ScopeMismatch, Authorization.Replace("cognito-idp", "s3")).ShouldContain("correct service: 'cognito-idp'");
    }

    private static SignatureOutcome Verify(
        SignedRequest request, string authorization = Authorization, string secret = Secret, DateTimeOffset? now = null) =>
        SignatureV4.Verify(
            SignatureV4.Parse(authorization, true).ShouldBeOfType<AuthorizationHeader.Parsed>(), request, secret, Expected, now ?? SignedAt);

    private static SignedRequest With(string name, string value) => Request with
    {
        Headers = [.. Request.Headers.Select(header => header.Key == name ? new KeyValuePair<string, string>(name, value) : header)],
    };

    private static string Sha256(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
