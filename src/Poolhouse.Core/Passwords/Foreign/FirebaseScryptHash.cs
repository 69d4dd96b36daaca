using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// Firebase's modified scrypt as <c>$firebase-scrypt$ln=14,r=8,p=1$salt$hash</c>, the salt with the project's separator behind it. Firebase
/// encrypts the project's signer key with AES-256 in counter mode under what scrypt makes of the password; what is kept here is the
/// beginning of that cipher's key stream, which is the same proof without the signer key (github.com/firebase/scrypt).
/// </summary>
internal sealed class FirebaseScryptHash(int logN, int r, int p, byte[] salt, byte[] hash) : ForeignHash
{
    /// <summary>What the kept form begins with.</summary>
    public const string Id = "firebase-scrypt";

    /// <summary>Bytes of the key stream that are kept: two blocks.</summary>
    public const int HashLength = 2 * BlockLength;

    private const int BlockLength = 16;

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text) =>
        PhcText.TryParse(text, Id) is { Version: null, Hash.Length: HashLength } phc && phc.Numbers("ln", "r", "p") is [var logN, var r, var p]
            && ScryptHash.IsOfForm(logN, r, p)
            ? new FirebaseScryptHash(logN, r, p, phc.Salt, phc.Hash)
            : null;

    /// <inheritdoc/>
    public override bool IsAffordable => ScryptHash.IsAffordableAt(logN, r, p);

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password)
    {
        using var aes = Aes.Create();
        aes.Key = Scrypt.Derive(password, salt, 1 << logN, r, p, 32);
        // The counter begins at zero.
        Span<byte> counters = stackalloc byte[HashLength];
        counters.Clear();
        for (var i = 0; i < HashLength / BlockLength; i++) BinaryPrimitives.WriteInt32BigEndian(counters[((i * BlockLength) + 12)..], i);
        return CryptographicOperations.FixedTimeEquals(aes.EncryptEcb(counters, PaddingMode.None), hash);
    }
}
