using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Srp;

/// <summary>
/// What an unknown user gets in place of a salt and a verifier, so that a challenge says nothing about who exists: stable per pool
/// and user name, the same for all clients of the pool, different for each name (as AWS answers with PreventUserExistenceErrors).
/// </summary>
/// <param name="key">
/// 32 secret bytes that never change for a pool. Not a subkey of the master key: when that rotates, salts of real users stay, and
/// salts that move would betray the unreal ones.
/// </param>
public sealed class SyntheticVerifier(byte[] key)
{
    /// <summary>Bytes of a salt, real or synthetic.</summary>
    public const int SaltLength = 16;

    /// <summary>The salt for a name.</summary>
    public byte[] Salt(string poolName, string username) => Block("salt", poolName, username, 0)[..SaltLength];

    /// <summary>
    /// A number below N to be used as a verifier. No password is known for it, and since nobody knows its logarithm either, B made
    /// from it looks like any other B.
    /// </summary>
    public byte[] Verifier(string poolName, string username)
    {
        var bytes = new byte[SrpGroup.Length];
        for (var i = 0; i < bytes.Length / HMACSHA256.HashSizeInBytes; i++)
            Block("verifier", poolName, username, i).CopyTo(bytes, i * HMACSHA256.HashSizeInBytes);
        return SrpNumbers.ToFixed(SrpNumbers.ToInteger(bytes) % SrpGroup.N);
    }

    private byte[] Block(string use, string poolName, string username, int counter)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, counter);

        // A zero byte separates the parts: pool names are alphanumeric, so no two inputs run together.
        byte[] input = [.. Encoding.UTF8.GetBytes($"{use}\0{poolName}\0{username}\0"), .. number];
        return HMACSHA256.HashData(key, input);
    }
}
