using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

public sealed class SyntheticVerifierTests
{
    private readonly SyntheticVerifier synthetic = new(new byte[32]);

    [Fact]
    public void An_unknown_user_always_gets_the_same_salt()
    {
        synthetic.Salt("Abc123", "bob").ShouldBe(new SyntheticVerifier(new byte[32]).Salt("Abc123", "bob"));
        synthetic.Salt("Abc123", "bob").Length.ShouldBe(16);
    }

    [Fact]
    public void Salts_differ_by_name_pool_and_key()
    {
        byte[][] salts =
        [
            synthetic.Salt("Abc123", "bob"), synthetic.Salt("Abc123", "bobb"), synthetic.Salt("Abc12", "3bob"),
            synthetic.Salt("Abc124", "bob"), new SyntheticVerifier([.. Enumerable.Repeat((byte)1, 32)]).Salt("Abc123", "bob"),
        ];

        salts.Select(Convert.ToHexString).Distinct().Count().ShouldBe(salts.Length);
    }

    [Fact]
    public void A_synthetic_verifier_takes_part_in_an_exchange_that_never_succeeds()
    {
        var group = ModularExponentiation.Create();
        var protocol = new SrpProtocol(group);
        var verifier = synthetic.Verifier("Abc123", "bob");
        var start = protocol.Begin(verifier, new SystemRandom());
        var client = new SrpClient(group, "Abc123", "password");

        var key = protocol.SessionKey(client.PublicValue.ToByteArray(true, true), start, verifier);

        verifier.Length.ShouldBe(SrpGroup.Length);
        key.ShouldNotBeNull();
        key.ShouldNotBe(client.SessionKey(SrpNumbers.ToHex(start.PublicValue), Convert.ToHexString(synthetic.Salt("Abc123", "bob")), "bob"));
    }
}
