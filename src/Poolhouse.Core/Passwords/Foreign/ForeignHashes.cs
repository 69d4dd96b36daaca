using System.Text;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// The forms of hashes that come in with imported users. Each is checked as it is at the first sign-in by password, and then replaced
/// by this server's own. What isn't exactly of a form, or costs more than its cap, is none: it is refused at import and fits no password.
/// </summary>
public static class ForeignHashes
{
    // The longest form is Argon2's with 64 bytes each of salt and hash.
    private const int MaxLength = 256;

    // Named as in API_CreateUserImportJob.PasswordHashingAlgorithm. Sorted.
    private static readonly (string Algorithm, Func<string, ForeignHash?> TryParse)[] All =
    [
        ("ARGON2ID", Argon2idHash.TryParse),
        ("BCRYPT", BcryptHash.TryParse),
        ("PBKDF2_SHA256", Pbkdf2Sha256Hash.TryParse),
        ("SCRYPT", ScryptHash.TryParse),
    ];

    /// <summary>Whether the text is a hash of the algorithm that this server can check, at a cost that it accepts.</summary>
    public static bool IsAccepted(string algorithm, string text) =>
        text.Length <= MaxLength && Array.Exists(All, a => a.Algorithm == algorithm && a.TryParse(text) is not null);

    /// <summary>Whether the password fits the hash; false for anything that is none. Runs on the caller's thread.</summary>
    internal static bool Matches(string? text, string password)
    {
        if (text is not { Length: > 0 and <= MaxLength }) return false;
        foreach (var (_, tryParse) in All)
        {
            if (tryParse(text) is { } hash) return hash.Matches(Encoding.UTF8.GetBytes(password));
        }

        return false;
    }
}
