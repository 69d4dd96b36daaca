using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Load;

/// <summary>
/// The client's half of SRP. It keeps its private number, which a real client draws anew each time: that costs the server
/// nothing less, and the generator one power less.
/// </summary>
internal sealed class SrpClient
{
    private readonly IModularExponentiation group;
    private readonly string poolName;
    private readonly string password;
    private readonly BigInteger a;

    public SrpClient(IModularExponentiation group, string poolName, string password)
    {
        (this.group, this.poolName, this.password) = (group, poolName, password);
        var secret = new SystemRandom().Bytes(SrpProtocol.PrivateExponentLength);
        a = SrpNumbers.ToInteger(secret);
        PublicBytes = group.ModPow(SrpGroup.GeneratorBytes, secret);
    }

    /// <summary>A.</summary>
    public byte[] PublicBytes { get; }

    /// <summary>A as it travels.</summary>
    public string PublicHex => SrpNumbers.ToHex(PublicBytes);

    /// <summary>The key both sides share.</summary>
    public byte[] SessionKey(string serverPublicHex, string saltHex, string user)
    {
        _ = SrpNumbers.TryParseHex(serverPublicHex, out var serverPublic);
        _ = SrpNumbers.TryParseHex(saltHex, out var salt);
        var u = SHA256.HashData([.. SrpNumbers.Signed(PublicBytes), .. SrpNumbers.Signed(serverPublic)]);
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{poolName}{user}:{password}"));
        var x = SHA256.HashData([.. SrpNumbers.Signed(salt), .. identity]);
        var power = SrpNumbers.ToInteger(group.ModPow(SrpGroup.GeneratorBytes, x));
        var difference = (SrpNumbers.ToInteger(serverPublic) - (SrpGroup.K * power)) % SrpGroup.N;
        if (difference.Sign < 0) difference += SrpGroup.N;
        var exponent = a + (SrpNumbers.ToInteger(u) * SrpNumbers.ToInteger(x));
        var shared = group.ModPow(SrpNumbers.ToFixed(difference), exponent.ToByteArray(isUnsigned: true, isBigEndian: true));
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, SrpNumbers.Signed(shared), 16, SrpNumbers.Signed(u), "Caldera Derived Key"u8.ToArray());
    }

    /// <summary>PASSWORD_CLAIM_SIGNATURE with the TIMESTAMP that it covers.</summary>
    public (string Signature, string Timestamp) Prove(byte[] key, string user, string secretBlock)
    {
        var timestamp = DateTimeOffset.UtcNow.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        byte[] claim = [.. Encoding.UTF8.GetBytes(poolName + user), .. Convert.FromBase64String(secretBlock), .. Encoding.UTF8.GetBytes(timestamp)];
        return (Convert.ToBase64String(HMACSHA256.HashData(key, claim)), timestamp);
    }
}
