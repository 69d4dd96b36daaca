using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// ASP.NET Core Identity's and ASP.NET Identity 2's, in base64. Version 2: 0x00, 16 bytes of salt, 32 bytes of PBKDF2-HMAC-SHA1 with 1,000
/// iterations. Version 3: 0x01, then function (0 SHA1, 1 SHA256, 2 SHA512), iterations and length of the salt, four bytes each with the
/// highest first, then salt and hash (Microsoft.AspNetCore.Identity.PasswordHasher).
/// </summary>
internal static class AspNetIdentityHash
{
    private const int SaltLength = 16;
    private const int V2Length = 1 + SaltLength + 32;
    private const int V2Iterations = 1_000;
    private const int V3HeaderLength = 13;
    private const int MaxLength = V3HeaderLength + 64 + 64;

    /// <summary>Whether the text begins as base64 of 0x00 or 0x01 does. None of the other forms can: they begin otherwise.</summary>
    public static bool Owns(string text) => text.Length > 0 && text[0] == 'A' && !text.Contains('$', StringComparison.Ordinal);

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        if (!Owns(text) || !Convert.TryFromBase64String(text, buffer, out var length)) return null;
        var bytes = buffer[..length];
        return bytes[0] switch
        {
            0 when length == V2Length => new Pbkdf2Hash(HashAlgorithmName.SHA1, V2Iterations, bytes.Slice(1, SaltLength).ToArray(), bytes[(1 + SaltLength)..].ToArray()),
            1 when length > V3HeaderLength => TryParseV3(bytes),
            _ => null,
        };
    }

    private static Pbkdf2Hash? TryParseV3(ReadOnlySpan<byte> bytes)
    {
        HashAlgorithmName? algorithm = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) switch
        {
            0 => HashAlgorithmName.SHA1,
            1 => HashAlgorithmName.SHA256,
            2 => HashAlgorithmName.SHA512,
            _ => null,
        };
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var saltLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        if (algorithm is null || iterations is < 1 or > int.MaxValue || saltLength is < SaltLength or > 64) return null;
        var rest = bytes[V3HeaderLength..];
        if (rest.Length - (int)saltLength is < 16 or > 64) return null;
        return new Pbkdf2Hash(algorithm.Value, (int)iterations, rest[..(int)saltLength].ToArray(), rest[(int)saltLength..].ToArray());
    }
}
