using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Core.SigV4;

/// <summary>The published test suite of Signature Version 4: its key, its requests, its signatures.</summary>
public sealed class SignatureV4SuiteTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly DateTimeOffset Now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // get-vanilla
    [InlineData("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")] // post-vanilla
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")] // query-order-key-case
    [InlineData("GET", "/", "%E1%88%B4=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")] // vanilla-utf8-query
    [InlineData("GET", "/", "ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("GET", "/example1/example2/../..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // get-relative-relative
    [InlineData("GET", "/./example", "", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5")] // get-slash-pointless-dot
    [InlineData("GET", "//example//", "", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84")] // get-slashes
    [InlineData("GET", "/example space/", "", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")] // get-space
    [InlineData("GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")] // get-utf8
    public void Method_path_and_query(string method, string path, string query, string signature) =>
        Check(method, path, query, [], "", "host;x-amz-date", signature);

    [Fact]
    public void Get_header_key_duplicate() => Check(
        "GET", "/", "", [new("My-Header1", "value2"), new("My-Header1", "value2"), new("My-Header1", "value1")], "",
        "host;my-header1;x-amz-date", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");

    [Fact]
    public void Get_header_value_order() => Check(
        "GET", "/", "", [new("My-Header1", "value4"), new("My-Header1", "value1"), new("My-Header1", "value3"), new("My-Header1", "value2")], "",
        "host;my-header1;x-amz-date", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01");

    [Fact]
    public void Get_header_value_trim() => Check(
        "GET", "/", "", [new("My-Header1", " value1"), new("My-Header2", " \"a   b   c\"")], "",
        "host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");

    [Fact]
    public void Post_x_www_form_urlencoded() => Check(
        "POST", "/", "", [new("Content-Type", "application/x-www-form-urlencoded")], "Param1=value1",
        "content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");

    [Fact]
    public void Post_x_www_form_urlencoded_parameters() => Check(
        "POST", "/", "", [new("Content-Type", "application/x-www-form-urlencoded; charset=utf8")], "Param1=value1",
        "content-type;host;x-amz-date", "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe");

    private static void Check(
        string method, string path, string query, KeyValuePair<string, string>[] headers, string body, string signedHeaders, string signature)
    {
        var request = new SignedRequest(
            method, path, query, [new("Host", "example.amazonaws.com"), new("X-Amz-Date", "20150830T123600Z"), .. headers],
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        var parsed = SignatureV4.Parse(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}",
            hasDateHeader: true).ShouldBeOfType<AuthorizationHeader.Parsed>();

        SignatureV4.Verify(parsed, request, Secret, new ExpectedScope("service", "us-east-1"), Now).ShouldBe(SignatureOutcome.Valid);
        SignatureV4.Verify(parsed, request with { Method = "PUT" }, Secret, new ExpectedScope("service", null), Now)
            .ShouldBe(SignatureOutcome.SignatureDoesNotMatch);
    }
}
