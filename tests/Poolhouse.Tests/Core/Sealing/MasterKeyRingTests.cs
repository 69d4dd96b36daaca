using Poolhouse.Core.Sealing;

namespace Poolhouse.Tests.Core.Sealing;

public sealed class MasterKeyRingTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string Base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Theory]
    [InlineData(Hex)]
    [InlineData(Base64)]
    [InlineData(" " + Base64 + " ")]
    [InlineData(Hex + "," + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Keys_are_read_in_hex_and_base64_and_the_first_is_current(string text) =>
        MasterKeyRing.Parse(text).CurrentKeyId.ShouldBe("630dcd29");

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData(Hex + ",")]
    [InlineData("0001")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData(Hex + "," + Base64)]
    public void A_list_that_cannot_be_used_says_which_entry_but_not_what(string text)
    {
        var refused = Should.Throw<FormatException>(() => MasterKeyRing.Parse(text));

        refused.Message.ShouldStartWith("Master key ");
        refused.Message.ShouldNotContain("0001");
    }
}
