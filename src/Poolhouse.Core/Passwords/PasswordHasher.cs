using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Passwords.Foreign;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Passwords;

/// <summary>What comparing a password with a stored hash came to.</summary>
public enum PasswordVerification
{
    /// <summary>Wrong password, or a stored value that cannot be read.</summary>
    Failed,

    /// <summary>The right password.</summary>
    Success,

    /// <summary>The right password, and the stored hash is weaker than today's profile: store a new one.</summary>
    SuccessRehashNeeded,
}

/// <summary>
/// Password hashes: PBKDF2-HMAC-SHA512 (RFC 8018 §5.2), 16 bytes of salt, 32 bytes of hash. Each call costs its full iterations on
/// the calling thread, so request code goes through <see cref="HashQueue"/>.
/// </summary>
/// <remarks>
/// Passwords are compared exactly as received, as Cognito does: no trimming, no case folding and no Unicode normalisation, the
/// UTF-8 bytes alone (ASVS 5.0 §6.2.8).
/// </remarks>
public sealed class PasswordHasher(HashProfile profile, IRandom random)
{
    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>
    /// A stored value that no password fits and that costs as much to try as a fresh hash: verify against it when the user is
    /// unknown or has no password, so that the time of an answer does not say so.
    /// </summary>
    public string DummyHash { get; } = new PasswordPhc(profile.Iterations, new byte[SaltLength], new byte[HashLength]).ToString();

    /// <summary>Hashes a new password into a PHC string of about 90 characters.</summary>
    public string Hash(string password)
    {
        var salt = random.Bytes(SaltLength);
        return new PasswordPhc(profile.Iterations, salt, Derive(password, salt, profile.Iterations, HashLength)).ToString();
    }

    /// <summary>Compares in fixed time, hashes of other systems too; a malformed <paramref name="phc"/> is a failure, never an exception.</summary>
    public PasswordVerification Verify(string? phc, string password)
    {
        if (PasswordPhc.TryParse(phc) is not { } stored)
            return ForeignHashes.Matches(phc, password) ? PasswordVerification.SuccessRehashNeeded : PasswordVerification.Failed;
        var hash = Derive(password, stored.Salt, stored.Iterations, stored.Hash.Length);
        if (!CryptographicOperations.FixedTimeEquals(hash, stored.Hash)) return PasswordVerification.Failed;

        // More iterations than today's profile are left alone: a cheaper profile must not weaken what is stored.
        return stored.Iterations < profile.Iterations || stored.Salt.Length < SaltLength
            ? PasswordVerification.SuccessRehashNeeded
            : PasswordVerification.Success;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);
}
