using System.Formats.Cbor;
using Poolhouse.Core.Passkeys;

namespace Poolhouse.Tests.Core.Passkeys;

/// <summary>The reader of authenticators' CBOR, compared with the base library's.</summary>
public sealed class CborReaderTests
{
    [Theory]
    [InlineData("00", 0)]
    [InlineData("17", 23)]
    [InlineData("1818", 24)]
    [InlineData("190100", 256)]
    [InlineData("1A000F4240", 1_000_000)]
    [InlineData("1B7FFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData("20", -1)]
    [InlineData("390100", -257)]
    public void Numbers_of_rfc_8949_are_read(string hex, long value) => new Poolhouse.Core.Passkeys.CborReader(Convert.FromHexString(hex)).ReadInteger().ShouldBe(value);

    [Theory]
    [InlineData("")]
    [InlineData("18")]
    [InlineData("1BFFFFFFFFFFFFFFFF")]
    [InlineData("40")]
    [InlineData("C000")]
    [InlineData("1C")]
    [InlineData("1F")]
    public void What_is_no_number_throws(string hex) => Should.Throw<CborException>(() => new Poolhouse.Core.Passkeys.CborReader(Convert.FromHexString(hex)).ReadInteger());

    [Theory]
    [InlineData("5BFFFFFFFFFFFFFFFF")]
    [InlineData("9B7FFFFFFFFFFFFFFF")]
    [InlineData("BAFFFFFFFF")]
    [InlineData("5F4101FF")]
    [InlineData("8181818181818181818101")]
    [InlineData("A1")]
    public void Lengths_that_lie_throw(string hex) => Should.Throw<CborException>(() => new Poolhouse.Core.Passkeys.CborReader(Convert.FromHexString(hex)).Skip());

    [Fact]
    public void What_the_base_library_takes_for_canonical_is_read_to_the_same_end()
    {
        var random = new Random(11);
        var bytes = new byte[24];
        var read = 0;
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            var end = EndByLibrary(bytes);
            if (end is null) continue;
            var reader = new Poolhouse.Core.Passkeys.CborReader(bytes);
            reader.Skip();
            reader.Position.ShouldBe(end.Value);
            read++;
        }

        read.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Nothing_but_its_own_exception_is_thrown()
    {
        var random = new Random(12);
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            AuthenticatorData.TryRead(bytes);
            AttestationObject.TryReadData(bytes);
            CoseKey.IsSupported(bytes);
        }
    }

    private static int? EndByLibrary(byte[] bytes)
    {
        try
        {
            var reader = new System.Formats.Cbor.CborReader(bytes, CborConformanceMode.Ctap2Canonical, allowMultipleRootLevelValues: true);
            // Floats and the like are skipped by both; they never stand where a number is expected.
            reader.SkipValue();
            return bytes.Length - reader.BytesRemaining;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException)
        {
            return null;
        }
    }
}
