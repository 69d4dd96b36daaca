using FsCheck;
using FsCheck.Fluent;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

public sealed class ModularExponentiationTests
{
    private static readonly ManagedModularExponentiation Managed = new();

    [Fact]
    public void Both_ways_agree_on_any_bytes()
    {
        var native = Native();

        Prop.ForAll<byte[], byte[]>((value, exponent) =>
            native.ModPow(value, exponent).AsSpan().SequenceEqual(Managed.ModPow(value, exponent))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Both_ways_agree_on_numbers_of_full_size()
    {
        var native = Native();
        var random = new SystemRandom();

        for (var i = 0; i < 20; i++)
        {
            var (value, exponent) = (random.Bytes(SrpGroup.Length), random.Bytes(32 * (1 + random.Next(2))));
            native.ModPow(value, exponent).ShouldBe(Managed.ModPow(value, exponent));
        }
    }

    [Fact]
    public void Both_ways_agree_at_the_edges()
    {
        var native = Native();
        byte[][] values = [[], [0], [1], [2], .. new[] { -1, 0, 1 }.Select(i => (SrpGroup.N + i).ToByteArray(true, true)), (SrpGroup.N * 2).ToByteArray(true, true)];
        byte[][] exponents = [[], [0], [1], [2], [0, 0, 3], .. new[] { 0x80, 0xFF }.Select(b => new[] { (byte)b })];

        foreach (var value in values)
        {
            foreach (var exponent in exponents) native.ModPow(value, exponent).ShouldBe(Managed.ModPow(value, exponent));
        }
    }

    [Fact]
    public void Results_have_the_width_of_the_group()
    {
        Managed.ModPow([2], [3]).Length.ShouldBe(SrpGroup.Length);
        ModularExponentiation.Create().ModPow([2], [3])[^1].ShouldBe((byte)8);
    }

    [Fact]
    public void Many_threads_may_compute_at_once()
    {
        var native = Native();
        var expected = Enumerable.Range(1, 8).Select(i => Managed.ModPow([3], [(byte)i, 77, 99])).ToArray();

        var correct = Enumerable.Range(0, 400).AsParallel().WithDegreeOfParallelism(8)
            .All(i => native.ModPow([3], [(byte)((i % 8) + 1), 77, 99]).AsSpan().SequenceEqual(expected[i % 8]));

        correct.ShouldBeTrue();
    }

    private static OpenSslModularExponentiation Native()
    {
        var native = OpenSslModularExponentiation.TryCreate();
        Assert.SkipWhen(native is null, "libcrypto does not load here.");
        return native!;
    }
}
