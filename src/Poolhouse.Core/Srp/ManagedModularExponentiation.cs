using System.Numerics;

namespace Poolhouse.Core.Srp;

/// <summary>
/// The fallback by <see cref="BigInteger"/>, for machines without a loadable libcrypto. It is slower and its time depends on the
/// exponent's bits; SRP's exponents are either used once (b) or hashes of what the client sent (u), which bounds what timing tells.
/// </summary>
public sealed class ManagedModularExponentiation : IModularExponentiation
{
    /// <inheritdoc/>
    public byte[] ModPow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent) =>
        SrpNumbers.ToFixed(BigInteger.ModPow(SrpNumbers.ToInteger(value), SrpNumbers.ToInteger(exponent), SrpGroup.N));
}
