using System.Security.Cryptography;

namespace Poolhouse.Core.Primitives;

#pragma warning disable RS0030 // This is the one place where the system's generator enters.
/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemRandom : IRandom
{
    /// <inheritdoc/>
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    /// <inheritdoc/>
    public int Next(int exclusiveMax) => RandomNumberGenerator.GetInt32(exclusiveMax);
}
