using Poolhouse.Core.Passkeys;

namespace Poolhouse.Tests.Core.Passkeys;

/// <summary>Which pages may use a relying party's id.</summary>
public sealed class RelyingPartyTests
{
    [Theory]
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("example.com", "https://example.com:8443", true)]
    [InlineData("example.com", "https://a.b.example.com", true)]
    [InlineData("localhost", "http://localhost:8001", true)]
    [InlineData("localhost", "https://localhost", true)]
    [InlineData("localhost", "http://app.localhost", true)]
    [InlineData("example.com", "http://example.com", false)]
    [InlineData("example.com", "https://notexample.com", false)]
    [InlineData("example.com", "https://example.com.evil.net", false)]
    [InlineData("app.example.com", "https://example.com", false)]
    [InlineData("localhost", "http://127.0.0.1", false)]
    [InlineData("localhost", "http://notlocalhost", false)]
    [InlineData("example.com", "https://EXAMPLE.com", false)]
    [InlineData("example.com", "https://example.com/", false)]
    [InlineData("example.com", "https://example.com:443", false)]
    [InlineData("example.com", "https://user@example.com", false)]
    [InlineData("example.com", "https://example.com#", false)]
    [InlineData("example.com", "ftp://example.com", false)]
    [InlineData("example.com", "android:apk-key-hash:abc", false)]
    [InlineData("example.com", "null", false)]
    [InlineData("example.com", "", false)]
    public void An_origin_is_on_the_domain_or_below(string id, string origin, bool isAllowed) => RelyingParty.Allows(id, origin).ShouldBe(isAllowed);
}
