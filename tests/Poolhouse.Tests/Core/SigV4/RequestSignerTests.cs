using System.Security.Cryptography;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Core.SigV4;

public sealed class RequestSignerTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// <summary>Amazon S3 API Reference, "Signature Calculations for the Authorization Header", the example of GET Object.</summary>
    [Fact]
    public void The_signature_is_the_one_of_amazon_s_example()
    {
        var at = new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
        var hash = Convert.ToHexStringLower(SHA256.HashData([]));
        var request = new SignedRequest(
            "GET", "/test.txt", "",
            [new("host", "examplebucket.s3.amazonaws.com"), new("range", "bytes=0-9"), new("x-amz-content-sha256", hash), new("x-amz-date", RequestSigner.Date(at))], hash);

        var header = RequestSigner.Authorization(request, "AKIAIOSFODNN7EXAMPLE", Secret, "us-east-1", "s3", at);

        header.ShouldBe(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
            + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }
}
