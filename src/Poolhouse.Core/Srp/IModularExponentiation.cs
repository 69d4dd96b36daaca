namespace Poolhouse.Core.Srp;

/// <summary>Raising to a power modulo the prime of <see cref="SrpGroup"/>: the only costly step of SRP.</summary>
public interface IModularExponentiation
{
    /// <summary>Computes value<sup>exponent</sup> mod N; safe to call from many threads at once.</summary>
    /// <param name="value">Unsigned, big-endian, of any length; reduced modulo N first.</param>
    /// <param name="exponent">Unsigned, big-endian; its value is treated as secret.</param>
    /// <returns>Unsigned, big-endian, always <see cref="SrpGroup.Length"/> bytes.</returns>
    byte[] ModPow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent);
}
