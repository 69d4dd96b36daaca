using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Tests.Core.Sealing;

public sealed class SealerTests
{
    private const string OldKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string NewKey = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static readonly byte[] Context = "user 7"u8.ToArray();
    private readonly Sealer sealer = With(OldKey);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(384)]
    [InlineData(100_000)]
    public void What_is_sealed_opens(int length)
    {
        var clear = new SystemRandom().Bytes(length);

        var box = sealer.Seal(clear, SealPurpose.SrpVerifier, Context);

        box.Length.ShouldBe(length + Sealer.Overhead);
        sealer.TryOpen(box, SealPurpose.SrpVerifier, Context, out var opened).ShouldBeTrue();
        opened.ShouldBe(clear);
    }

    [Fact]
    public void The_layout_is_version_key_id_nonce_ciphertext_tag()
    {
        var box = sealer.Seal("hello"u8, SealPurpose.TotpSecret, Context);

        Convert.ToHexStringLower(box[..5]).ShouldBe("01630dcd29");
        box.Length.ShouldBe(1 + 4 + 12 + 5 + 16);
    }

    [Fact]
    public void Sealing_twice_gives_different_bytes() =>
        sealer.Seal("x"u8, SealPurpose.TotpSecret, Context).ShouldNotBe(sealer.Seal("x"u8, SealPurpose.TotpSecret, Context));

    [Fact]
    public void No_byte_may_be_altered()
    {
        var box = sealer.Seal("secret"u8, SealPurpose.ClientSecret, Context);

        for (var i = 0; i < box.Length; i++)
        {
            var altered = box.ToArray();
            altered[i] ^= 0x01;
            sealer.TryOpen(altered, SealPurpose.ClientSecret, Context, out var clear).ShouldBeFalse($"byte {i}");
            clear.ShouldBeEmpty();
        }
    }

    [Fact]
    public void No_byte_may_be_missing_or_added()
    {
        var box = sealer.Seal("secret"u8, SealPurpose.ClientSecret, Context);

        for (var i = 0; i < box.Length; i++) sealer.TryOpen(box.AsSpan(0, i), SealPurpose.ClientSecret, Context, out _).ShouldBeFalse();
        sealer.TryOpen([.. box, 0], SealPurpose.ClientSecret, Context, out _).ShouldBeFalse();
    }

    [Fact]
    public void Another_purpose_does_not_open_it()
    {
        var box = sealer.Seal("secret"u8, SealPurpose.ClientSecret, Context);

        foreach (var purpose in Enum.GetValues<SealPurpose>())
            sealer.TryOpen(box, purpose, Context, out _).ShouldBe(purpose == SealPurpose.ClientSecret);
    }

    [Fact]
    public void Another_context_does_not_open_it()
    {
        var box = sealer.Seal("secret"u8, SealPurpose.ClientSecret, Context);

        sealer.TryOpen(box, SealPurpose.ClientSecret, "user 8"u8, out _).ShouldBeFalse();
        sealer.TryOpen(box, SealPurpose.ClientSecret, [], out _).ShouldBeFalse();
    }

    [Fact]
    public void After_rotation_the_old_key_still_opens_and_the_new_one_seals()
    {
        var rotated = With($"{NewKey},{OldKey}");
        var before = sealer.Seal("secret"u8, SealPurpose.ClientSecret, Context);
        var after = rotated.Seal("secret"u8, SealPurpose.ClientSecret, Context);

        rotated.TryOpen(before, SealPurpose.ClientSecret, Context, out var opened).ShouldBeTrue();
        opened.ShouldBe("secret"u8.ToArray());
        (rotated.IsStale(before), rotated.IsStale(after)).ShouldBe((true, false));
        sealer.TryOpen(after, SealPurpose.ClientSecret, Context, out _).ShouldBeFalse();
        With(NewKey).TryOpen(after, SealPurpose.ClientSecret, Context, out _).ShouldBeTrue();
    }

    [Fact]
    public void Macs_belong_to_a_purpose_and_survive_rotation()
    {
        var mac = sealer.Mac(SealPurpose.CodeHash, "123456"u8);

        mac.Length.ShouldBe(32);
        sealer.MacMatches(SealPurpose.CodeHash, "123456"u8, mac).ShouldBeTrue();
        With($"{NewKey},{OldKey}").MacMatches(SealPurpose.CodeHash, "123456"u8, mac).ShouldBeTrue();
        With(NewKey).MacMatches(SealPurpose.CodeHash, "123456"u8, mac).ShouldBeFalse();
        sealer.MacMatches(SealPurpose.CodeHash, "123457"u8, mac).ShouldBeFalse();
        sealer.MacMatches(SealPurpose.PageToken, "123456"u8, mac).ShouldBeFalse();
        sealer.MacMatches(SealPurpose.CodeHash, "123456"u8, mac.AsSpan(0, 31)).ShouldBeFalse();
    }

    [Fact]
    public void Many_threads_may_seal_and_open_at_once()
    {
        var correct = Enumerable.Range(0, 2000).AsParallel().WithDegreeOfParallelism(8).All(i =>
        {
            var clear = BitConverter.GetBytes(i);
            return sealer.TryOpen(sealer.Seal(clear, SealPurpose.PageToken, []), SealPurpose.PageToken, [], out var opened)
                && opened.AsSpan().SequenceEqual(clear);
        });

        correct.ShouldBeTrue();
    }

    private static Sealer With(string keys) => new(MasterKeyRing.Parse(keys), new SystemRandom());
}
