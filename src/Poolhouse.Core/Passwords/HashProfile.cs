namespace Poolhouse.Core.Passwords;

/// <summary>How much a password hash costs.</summary>
/// <param name="Iterations">PBKDF2 iterations for new hashes; older hashes with fewer are replaced at sign-in.</param>
public sealed record HashProfile(int Iterations)
{
    /// <summary>220,000 iterations of PBKDF2-HMAC-SHA512 (OWASP Password Storage Cheat Sheet, 2026).</summary>
    public static HashProfile Production { get; } = new(220_000);

    /// <summary>1,000 iterations, for development and test suites; the composition root refuses it elsewhere.</summary>
    public static HashProfile Development { get; } = new(1_000);
}
