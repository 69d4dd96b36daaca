using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

/// <summary>
/// The client's side, written from the description of the protocol over hex strings as the JavaScript libraries work, and not from
/// the server's code: what the two share is only the exponentiation, which has a test of its own.
/// </summary>
internal sealed class SrpClient(IModularExponentiation group, string poolName, string password)
{
    private readonly BigInteger a = new(RandomNumberGenerator.GetBytes(32), isUnsigned: true, isBigEndian: true);

    public BigInteger PublicValue => Power(2, a);

    public byte[] SessionKey(string srpB, string salt, string user)
    {
        var b = Number(srpB);
        var u = Number(Hash(PadHex(PublicValue) + PadHex(b)));
        var identity = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{poolName}{user}:{password}")));
        var x = Number(Hash(PadHex(Number(salt)) + identity));
        var k = Number(Hash(PadHex(SrpGroup.N) + PadHex(2)));
        var difference = (b - (k * Power(2, x))) % SrpGroup.N;
        if (difference.Sign < 0) difference += SrpGroup.N;
        var s = Power(difference, a + (u * x));
        var prk = HMACSHA256.HashData(Convert.FromHexString(PadHex(u)), Convert.FromHexString(PadHex(s)));
        return Mac(prk, [.. "Caldera Derived Key"u8, 1])[..16];
    }

    public string Sign(byte[] key, string user, byte[] secretBlock, string timestamp) => Convert.ToBase64String(Mac(
        key, [.. Encoding.UTF8.GetBytes(poolName), .. Encoding.UTF8.GetBytes(user), .. secretBlock, .. Encoding.UTF8.GetBytes(timestamp)]));

    public static string PadHex(BigInteger number)
    {
        var hex = number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        if (hex.Length == 0) hex = "0";
        if (hex.Length % 2 == 1) return "0" + hex;
        return "89abcdef".Contains(hex[0]) ? "00" + hex : hex;
    }

    private static byte[] Mac(byte[] key, byte[] text) => HMACSHA256.HashData(key, text);

    private static string Hash(string hex) => Convert.ToHexString(SHA256.HashData(Convert.FromHexString(hex)));

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private BigInteger Power(BigInteger value, BigInteger exponent) => new(
        group.ModPow(value.ToByteArray(true, true), exponent.ToByteArray(true, true)), isUnsigned: true, isBigEndian: true);
}
