using System.Buffers.Text;
using System.Text;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Tests.Core.Jose;

public sealed class SigningKeyTests
{
    [Fact]
    public void A_signature_is_the_one_RFC_7515_prints()
    {
        var signature = new byte[256];

        Rfc7515Key.Load().Sign(Encoding.ASCII.GetBytes(Rfc7515Key.SigningInput), signature).ShouldBe(256);

        Base64Url.EncodeToString(signature).ShouldBe(Rfc7515Key.Signature);
    }

    [Fact]
    public void The_signature_that_RFC_7515_prints_verifies()
    {
        var key = PublicKey.TryCreate(Rfc7515Key.Modulus, "AQAB").ShouldNotBeNull();

        key.Verify(Encoding.ASCII.GetBytes(Rfc7515Key.SigningInput), Base64Url.DecodeFromChars(Rfc7515Key.Signature)).ShouldBeTrue();
        key.Verify(Encoding.ASCII.GetBytes(Rfc7515Key.SigningInput + "x"), Base64Url.DecodeFromChars(Rfc7515Key.Signature)).ShouldBeFalse();
        key.Verify(Encoding.ASCII.GetBytes(Rfc7515Key.SigningInput), new byte[255]).ShouldBeFalse();
        key.Verify([], []).ShouldBeFalse();
    }

    [Fact]
    public void The_key_id_is_the_thumbprint_of_RFC_7638_in_plain_base64()
    {
        // §3.1 prints NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs for this key.
        var key = PublicKey.TryCreate(
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64t" +
            "Z_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbO" +
            "pbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "AQAB").ShouldNotBeNull();

        key.KeyId.ShouldBe("NzbLsXh8uDCcd+6MNwXF4W/7noWXFZAfHkxZsRGC9Xs=");
    }

    [Fact]
    public void A_new_key_survives_export_and_import()
    {
        var key = SigningKey.Create();

        var again = SigningKey.Import(key.ExportPkcs8());

        again.KeyId.ShouldBe(key.KeyId);
        key.KeyId.Length.ShouldBe(44);
        key.PublicKey.Exponent.ShouldBe("AQAB");
        Base64Url.DecodeFromChars(key.PublicKey.Modulus).Length.ShouldBe(256);
        Jwt.Sign(again, "{}"u8).ShouldBe(Jwt.Sign(key, "{}"u8));
    }

    [Theory]
    [InlineData("", "AQAB")]
    [InlineData("AAAA", "AQAB")]
    [InlineData(Rfc7515Key.Modulus, "")]
    [InlineData(Rfc7515Key.Modulus, "AQABAQAB")]
    [InlineData(Rfc7515Key.Modulus + "=", "AQAB")]
    public void A_key_that_is_weak_or_malformed_is_not_taken(string modulus, string exponent) =>
        PublicKey.TryCreate(modulus, exponent).ShouldBeNull();
}
