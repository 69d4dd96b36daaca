using System.Numerics;
using System.Security.Cryptography;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

public sealed class SrpProtocolTests
{
    private const string Pool = "Abc123";
    private const string User = "0f1e2d3c-4b5a-4968-8776-655443322110";
    private const string Timestamp = "Sat Sep 5 13:50:15 UTC 2026";

    private static readonly IModularExponentiation Group = ModularExponentiation.Create();
    private static readonly SystemRandom Random = new();
    private readonly SrpProtocol protocol = new(Group);

    [Fact]
    public void The_right_password_signs_in_whatever_the_numbers_look_like()
    {
        for (var i = 0; i < 300; i++)
        {
            var password = Random.Text(1 + Random.Next(30), "abcXYZ019 !ßé漢");
            var salt = AwkwardSalt(i);
            var verifier = protocol.ComputeVerifier(Pool, User, password, salt);
            var start = protocol.Begin(verifier, Random);
            var client = new SrpClient(Group, Pool, password);
            SrpNumbers.TryParseHex(client.PublicValue.ToString("x").TrimStart('0'), out var a).ShouldBeTrue();

            var serverKey = protocol.SessionKey(a, start, verifier);
            var clientKey = client.SessionKey(SrpNumbers.ToHex(start.PublicValue), Convert.ToHexString(salt), User);

            serverKey.ShouldBe(clientKey, $"round {i}");
            var expected = protocol.ClaimSignature(serverKey!, Pool, User, [1, 2, 3], Timestamp);
            SrpProtocol.ClaimMatches(expected, client.Sign(clientKey, User, [1, 2, 3], Timestamp)).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_wrong_password_gives_another_key()
    {
        var salt = Random.Bytes(16);
        var verifier = protocol.ComputeVerifier(Pool, User, "right", salt);
        var start = protocol.Begin(verifier, Random);
        var client = new SrpClient(Group, Pool, "wrong");

        var serverKey = protocol.SessionKey(client.PublicValue.ToByteArray(true, true), start, verifier);

        serverKey.ShouldNotBe(client.SessionKey(SrpNumbers.ToHex(start.PublicValue), Convert.ToHexString(salt), User));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_multiple_of_N_as_A_never_gives_a_key(int multiple)
    {
        var verifier = protocol.ComputeVerifier(Pool, User, "password", Random.Bytes(16));
        var start = protocol.Begin(verifier, Random);

        var key = protocol.SessionKey((SrpGroup.N * multiple).ToByteArray(true, true), start, verifier);

        key.ShouldBeNull();
        protocol.SessionKey([], start, verifier).ShouldBeNull();
    }

    [Fact]
    public void All_intermediate_values_agree_with_an_independent_computation()
    {
        // Computed with Python's integers and hashlib from the formulas of the reference, §3.1.
        var salt = Convert.FromHexString("00f0e1d2c3b4a5968778695a4b3c2d1e");
        var b = Convert.FromHexString(string.Concat(Enumerable.Repeat("11", 31)) + "22");
        var a = Group.ModPow([2], Enumerable.Repeat((byte)0xA7, 32).ToArray());

        var verifier = protocol.ComputeVerifier(Pool, User, "Pässw0rd! 1", salt);
        var start = protocol.Begin(verifier, new FixedRandom(b));
        var key = protocol.SessionKey(a, start, verifier)!;

        Convert.ToHexStringLower(SHA256.HashData(verifier)).ShouldBe("719ce46fdf228c6d407bc6bf0893e6b2a30735896668d02a7aee770edb360afd");
        Convert.ToHexStringLower(SHA256.HashData(start.PublicValue)).ShouldBe("0bbe8445cd9e8f9bc644c0cabcf2a46cc378826a966957d57dcf5c60341af1f4");
        Convert.ToHexStringLower(key).ShouldBe("8034e418ecd8a312ea48d92aedafb54d");
        SrpProtocol.ClaimMatches(
            protocol.ClaimSignature(key, Pool, User, "secret block"u8, Timestamp), "FLFUYq5aqgDpG0qsa6JvStDNblry3bbQVfc4UIZebWM=").ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("FLFUYq5aqgDpG0qsa6JvStDNblry3bbQVfc4UIZebWM=FLFUYq5aqgDpG0qsa6JvStDNblry3bbQVfc4UIZebWM=")]
    public void A_claim_that_is_not_a_signature_does_not_match(string? claim) =>
        SrpProtocol.ClaimMatches(new byte[32], claim).ShouldBeFalse();

    [Fact]
    public void A_server_start_keeps_its_exponent_to_itself() =>
        protocol.Begin(new byte[384], Random).ToString().ShouldBe(nameof(SrpServerStart));

    [Fact]
    public void Devices_use_their_group_and_key_in_the_same_places()
    {
        var salt = Random.Bytes(16);

        var verifier = protocol.ComputeVerifier("-gxyz", "us-east-1_device", "secret", salt);

        var identity = SHA256.HashData("-gxyzus-east-1_device:secret"u8);
        var x = new BigInteger(SHA256.HashData([.. SrpNumbers.Signed(salt), .. identity]), true, true);
        verifier.ShouldBe(SrpNumbers.ToFixed(BigInteger.ModPow(2, x, SrpGroup.N)));
    }

    private static byte[] AwkwardSalt(int round)
    {
        var salt = Random.Bytes(16);
        if (round % 4 == 1) salt[0] = 0;
        if (round % 4 == 2) salt[0] = 0xFF;
        if (round % 4 == 3) (salt[0], salt[1]) = (0x00, 0x80);
        return salt;
    }

    private sealed class FixedRandom(byte[] bytes) : IRandom
    {
        public void Fill(Span<byte> target) => bytes.CopyTo(target);

        public int Next(int exclusiveMax) => 0;
    }
}
