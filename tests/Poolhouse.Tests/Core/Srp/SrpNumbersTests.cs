using System.Numerics;
using System.Security.Cryptography;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

public sealed class SrpNumbersTests
{
    [Theory]
    [InlineData("", "00")]
    [InlineData("00", "00")]
    [InlineData("0000", "00")]
    [InlineData("02", "02")]
    [InlineData("7f", "7f")]
    [InlineData("80", "0080")]
    [InlineData("ff", "00ff")]
    [InlineData("0080", "0080")]
    [InlineData("000080", "0080")]
    [InlineData("00007fff", "7fff")]
    [InlineData("0123", "0123")]
    public void Hashed_numbers_are_signed_and_minimal(string unsigned, string signed) =>
        SrpNumbers.ToHex(Convert.FromHexString(unsigned)).ShouldBe(signed);

    [Fact]
    public void The_multiplier_is_the_one_all_clients_have() =>
        SrpGroup.K.ToByteArray(true, true).ShouldBe(Convert.FromHexString("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"));

    [Fact]
    public void The_prime_is_that_of_RFC_3526()
    {
        // §4 defines it by 64 one bits at either end; the hash was taken of a copy that `openssl prime` calls prime.
        var bytes = SrpGroup.N.ToByteArray(true, true);

        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)))
            .ShouldBe(Convert.FromHexString("2b2c15e1523695d748a2f56b3b81d59d23467b300f1879585be61f0addacdc45"));
        (SrpGroup.N % 8).ShouldBe(new BigInteger(7));
    }

    [Theory]
    [InlineData("0", "00")]
    [InlineData("abc", "0abc")]
    [InlineData("ABCD", "abcd")]
    public void Hex_from_the_wire_may_be_odd_and_of_either_case(string hex, string bytes)
    {
        SrpNumbers.TryParseHex(hex, out var number).ShouldBeTrue();

        Convert.ToHexStringLower(number).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0x12")]
    [InlineData("12 ")]
    [InlineData("zz")]
    [InlineData("١٢")]
    public void Anything_else_is_not_a_number(string? hex) => SrpNumbers.TryParseHex(hex, out _).ShouldBeFalse();

    [Fact]
    public void A_number_far_longer_than_N_is_not_read() =>
        SrpNumbers.TryParseHex(new string('1', SrpNumbers.MaxHexLength + 1), out _).ShouldBeFalse();
}
