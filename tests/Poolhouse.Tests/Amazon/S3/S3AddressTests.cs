using Poolhouse.Amazon.S3;

namespace Poolhouse.Tests.Amazon.S3;

public sealed class S3AddressTests
{
    [Theory]
    [InlineData("s3://documents", "https://s3.us-east-1.amazonaws.com/", "", "us-east-1")]
    [InlineData("s3://documents?region=eu-west-1", "https://s3.eu-west-1.amazonaws.com/", "", "eu-west-1")]
    [InlineData("s3://documents/kyc/live?endpoint=http://127.0.0.1:9000&region=x", "http://127.0.0.1:9000/", "kyc/live/", "x")]
    public void Addresses_are_read(string text, string endpoint, string prefix, string region)
    {
        var address = S3Address.Parse(text)!;

        address.ShouldBe(new S3Address("documents", prefix, new Uri(endpoint), region));
    }

    [Theory]
    [InlineData("folder2")]
    [InlineData("s3://")]
    [InlineData("s3://user:secret@bucket")]
    [InlineData("s3://bucket/a b")]
    [InlineData("s3://bucket/../x%2e")]
    [InlineData("s3://bucket?endpoint=ftp://x")]
    [InlineData("s3://bucket?endpoint=http://x/path")]
    [InlineData("s3://bucket?region=US EAST")]
    [InlineData("s3://bucket?key=x")]
    public void What_is_none_is_refused(string text) => S3Address.Parse(text).ShouldBeNull();
}
