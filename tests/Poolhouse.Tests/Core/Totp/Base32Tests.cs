using System.Text;
using Poolhouse.Core.Totp;

namespace Poolhouse.Tests.Core.Totp;

public sealed class Base32Tests
{
    // RFC 4648 §10, without its padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Text_is_that_of_RFC_4648(string clear, string encoded) => Base32.Encode(Encoding.ASCII.GetBytes(clear)).ShouldBe(encoded);
}
