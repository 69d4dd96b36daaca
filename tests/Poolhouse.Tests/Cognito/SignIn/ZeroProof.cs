using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Core.Srp;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>The answer of an attacker who sent A ≡ 0 and so knows S without knowing any password.</summary>
internal static class ZeroProof
{
    public static JsonObject Of(TestPool pool, Answer challenge, string a)
    {
        var poolName = pool.Id.Split('_')[1];
        var user = challenge.Parameter("USER_ID_FOR_SRP");
        var block = challenge.Parameter("SECRET_BLOCK");
        var at = SrpPerson.Timestamp(DateTimeOffset.UtcNow);
        var u = SHA256.HashData(Convert.FromHexString(SrpClient.PadHex(Number(a)) + SrpClient.PadHex(Number(challenge.Parameter("SRP_B")))));
        var salt = Convert.FromHexString(SrpClient.PadHex(new BigInteger(u, isUnsigned: true, isBigEndian: true)));
        var prk = HMACSHA256.HashData(salt, Convert.FromHexString(SrpClient.PadHex(0)));
        byte[] info = [.. "Caldera Derived Key"u8, 1];
        var key = HMACSHA256.HashData(prk, info)[..16];
        byte[] text = [.. Encoding.UTF8.GetBytes(poolName), .. Encoding.UTF8.GetBytes(user), .. Convert.FromBase64String(block), .. Encoding.UTF8.GetBytes(at)];
        return new JsonObject
        {
            ["USERNAME"] = user,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(HMACSHA256.HashData(key, text)),
            ["TIMESTAMP"] = at,
        };
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
