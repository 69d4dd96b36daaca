using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Tests.Testing;

/// <summary>A sealer under a key that protects nothing.</summary>
internal static class TestSealer
{
    public static Sealer Instance { get; } = WithKey('a');

    /// <summary>A sealer under another key; one hex digit tells them apart.</summary>
    public static Sealer WithKey(char digit) => new(MasterKeyRing.Parse(new string(digit, 64)), new SystemRandom());
}
