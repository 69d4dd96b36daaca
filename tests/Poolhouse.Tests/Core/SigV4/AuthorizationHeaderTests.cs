using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Core.SigV4;

public sealed class AuthorizationHeaderTests
{
    private const string Credential = "Credential=AKIDEXAMPLE/20261121/us-east-1/cognito-idp/aws4_request";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void No_header_is_missing(string? header) => SignatureV4.Parse(header, true).ShouldBeOfType<AuthorizationHeader.Missing>();

    [Theory]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host;x-amz-date, Signature=abc")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential},SignedHeaders=host;x-amz-date,Signature=abc")]
    [InlineData($"AWS4-HMAC-SHA256   Signature=abc ,  SignedHeaders=host;x-amz-date,, {Credential}")]
    public void The_parts_may_stand_in_any_order(string header)
    {
        var parsed = SignatureV4.Parse(header, true).ShouldBeOfType<AuthorizationHeader.Parsed>();

        parsed.Credential.ShouldBe(new CredentialScope("AKIDEXAMPLE", "20261121", "us-east-1", "cognito-idp", "aws4_request"));
        parsed.SignedHeaders.ShouldBe(["host", "x-amz-date"]);
        parsed.Signature.ShouldBe("abc");
    }

    [Fact]
    public void All_that_is_missing_is_named_at_once() =>
        Incomplete("Bearer secret-token", hasDate: false).ShouldBe(
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or " +
            "a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=hud0v/kLD+X47AD/2eV5xlNwXKFihdCdmSriv7WLwwg=");

    [Fact]
    public void A_token_sent_by_mistake_is_not_repeated() =>
        Incomplete("Bearer secret-token", hasDate: true).ShouldNotContain("secret-token");

    [Theory]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, Signature=abc", "'SignedHeaders'")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host", "'Signature'")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=abc", "'Credential'")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=abc, Signature=def", "'Signature'")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=", "'Signature'")]
    [InlineData($"AWS4-HMAC-SHA1 {Credential}, SignedHeaders=host, Signature=abc", "'Credential'")]
    [InlineData($"AWS4-ECDSA-P256-SHA256 {Credential}, SignedHeaders=host, Signature=abc", "'Credential'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=abc", "5 slash-delimited elements")]
    [InlineData("AWS4-HMAC-SHA256 Credential=/b/c/d/e, SignedHeaders=host, Signature=abc", "5 slash-delimited elements")]
    [InlineData("AWS4-HMAC-SHA256 =,=,,,=", "'Credential'")]
    [InlineData("AWS4-HMAC-SHA256", "'Credential'")]
    public void What_lacks_a_part_is_incomplete(string header, string named) => Incomplete(header, hasDate: true).ShouldContain(named);

    [Fact]
    public void A_header_of_absurd_length_is_not_taken_apart() =>
        Incomplete($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=abc" + new string(',', 100_000), hasDate: true).ShouldContain("'Credential'");

    private static string Incomplete(string header, bool hasDate) =>
        SignatureV4.Parse(header, hasDate).ShouldBeOfType<AuthorizationHeader.Incomplete>().Message;
}
