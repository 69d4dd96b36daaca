using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Totp;

/// <summary>
/// Codes of authenticator apps: RFC 6238 over RFC 4226, with what Cognito and every app use: HMAC-SHA-1, steps of 30 seconds
/// since 1970, 6 digits.
/// </summary>
public static class TimeBasedCode
{
    /// <summary>Digits of a code; leading zeros are kept.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a secret: the HMAC's own length (RFC 4226 §4, R6).</summary>
    public const int SecretLength = 20;

    /// <summary>Seconds that a code is shown (RFC 6238 §4.1).</summary>
    public const int StepSeconds = 30;

    // RFC 6238 §5.2: one step for clocks that differ and people who type slowly; more would help who guesses.
    private const int Drift = 1;

    /// <summary>The step of a time.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="step">The moving factor: steps since 1970, or HOTP's counter.</param>
    /// <param name="digits">6–8.</param>
    public static string Of(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 §1.2: apps know HMAC-SHA-1 only, and HMAC does not rest on collisions being hard to find.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350

        // RFC 4226 §5.3: dynamic truncation.
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.Slice(offset, sizeof(int))) & 0x7FFF_FFFF;
        var modulus = digits switch { 6 => 1_000_000, 7 => 10_000_000, _ => 100_000_000 };
        return (number % modulus).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, among the present one and its neighbours; null for a wrong code.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepOf(now) - Drift; step <= StepOf(now) + Drift; step++)
        {
            // All three are compared whatever the first says: time tells nothing.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, step)), given)) found = step;
        }

        return found;
    }
}
