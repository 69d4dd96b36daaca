using System.Text;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>Whether a text can stand for a password.</summary>
public enum HashVerdict
{
    /// <summary>It can be checked at a cost that this server accepts.</summary>
    Accepted,

    /// <summary>It has the form of no hash that this server knows.</summary>
    Unknown,

    /// <summary>It begins like a hash of a known form and is none.</summary>
    Malformed,

    /// <summary>It is one whose check costs more than is accepted.</summary>
    TooCostly,
}

/// <summary>
/// The forms of hashes that come in with imported users. Each is checked as it is at the first sign-in by password, and then replaced
/// by this server's own. What isn't exactly of a form, or costs more than its cap, is none: it is refused at import and fits no password.
/// </summary>
public static class ForeignHashes
{
    // The longest form is Argon2's with 64 bytes each of salt and hash.
    private const int MaxLength = 256;

    // The first four are named as in API_CreateUserImportJob.PasswordHashingAlgorithm and mean what it means; no form begins as another does.
    private static readonly Form[] All =
    [
        new("ARGON2ID", "Argon2id", "128 MiB and four passes over as much", Argon2idHash.TryParse, "$argon2id$"),
        new("BCRYPT", "bcrypt", "cost 14", BcryptHash.TryParse, "$2a$", "$2b$", "$2y$"),
        new("PBKDF2_SHA256", "PBKDF2-SHA256", "2,000,000 iterations", Pbkdf2Hash.TryParseSha256, "$pbkdf2-sha256$"),
        new("SCRYPT", "scrypt", "128 MiB and four passes over as much", ScryptHash.TryParse, "$scrypt$"),
        new("ASPNET_IDENTITY", "ASP.NET Identity", "2,000,000 iterations", AspNetIdentityHash.TryParse, []) { OwnsMore = AspNetIdentityHash.Owns },
        new("DJANGO", "Django", "what its algorithm may cost by itself", DjangoHash.TryParse, [.. DjangoHash.Prefixes]),
        new("FIREBASE_SCRYPT", "Firebase scrypt", "128 MiB and four passes over as much", FirebaseScryptHash.TryParse, "$" + FirebaseScryptHash.Id + "$"),
        new("PBKDF2_SHA1", "PBKDF2-SHA1", "2,000,000 iterations", Pbkdf2Hash.TryParseSha1, "$pbkdf2$"),
        new("PBKDF2_SHA512", "PBKDF2-SHA512", "2,000,000 iterations", Pbkdf2Hash.TryParseSha512, "$pbkdf2-sha512$"),
        new("PHPASS", "phpass", "2^20 rounds", PhpassHash.TryParse, "$P$", "$H$"),
    ];

    /// <summary>What people call the forms, for a document or a message. Sorted as they are tried.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(form => form.Name)];

    /// <summary>Whether the text is a hash of the algorithm that this server can check, at a cost that it accepts.</summary>
    public static bool IsAccepted(string algorithm, string text) =>
        Array.Find(All, form => form.Algorithm == algorithm) is { } form && form.Owns(text) && Judge(text).Verdict == HashVerdict.Accepted;

    /// <summary>What a text is.</summary>
    /// <returns>The verdict; the name of the form, empty where it is unknown; and the most that a check may cost, in words.</returns>
    public static (HashVerdict Verdict, string Form, string Limit) Judge(string text)
    {
        if (Array.Find(All, form => form.Owns(text)) is not { } form) return (HashVerdict.Unknown, "", "");
        var verdict = text.Length > MaxLength || form.TryParse(text) is not { } hash ? HashVerdict.Malformed
            : hash.IsAffordable ? HashVerdict.Accepted : HashVerdict.TooCostly;
        return (verdict, form.Name, form.Limit);
    }

    /// <summary>Whether the password fits the hash; false for anything that is none. Runs on the caller's thread.</summary>
    internal static bool Matches(string? text, string password)
    {
        if (text is not { Length: > 0 and <= MaxLength }) return false;
        return Array.Find(All, form => form.Owns(text))?.TryParse(text) is { IsAffordable: true } hash && hash.Matches(Encoding.UTF8.GetBytes(password));
    }

    private sealed record Form(string Algorithm, string Name, string Limit, Func<string, ForeignHash?> TryParse, params string[] Prefixes)
    {
        public Func<string, bool>? OwnsMore { get; init; }

        public bool Owns(string text) => Array.Exists(Prefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal)) || (OwnsMore?.Invoke(text) ?? false);
    }
}
