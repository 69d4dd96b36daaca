using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>
/// Addresses that take a job's file from whoever has them, for 15 minutes: <c>/imports/{pool}/{job}?expires=…&amp;signature=…</c>, signed by
/// a key that only this server has.
/// </summary>
internal sealed class UploadAddresses(Issuer issuer, Sealer sealer)
{
    /// <summary>As long as Amazon's.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>An address for the next 15 minutes.</summary>
    public string Of(PoolId pool, string job, DateTimeOffset now)
    {
        var expires = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Base64Url.EncodeToString(sealer.Mac(SealPurpose.ImportUrl, Signed(pool.Value, job, expires)));
        return $"{issuer.PublicUrl}/imports/{pool}/{job}?expires={expires}&signature={signature}";
    }

    /// <summary>Whether the address is one of these and its time is not over.</summary>
    public bool IsValid(string pool, string job, string? expires, string? signature, DateTimeOffset now)
    {
        if (expires is not { Length: > 0 and <= 12 } || signature is not { Length: > 0 and <= 64 }) return false;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(signature.Length)];
        if (Base64Url.DecodeFromChars(signature, bytes, out _, out var length) != OperationStatus.Done) return false;
        if (!sealer.MacMatches(SealPurpose.ImportUrl, Signed(pool, job, expires), bytes.AsSpan(0, length))) return false;
        return long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && now.ToUnixTimeSeconds() < end;
    }

    // Neither a pool's id nor a job's has a slash.
    private static byte[] Signed(string pool, string job, string expires) => Encoding.UTF8.GetBytes($"{pool}/{job}/{expires}");
}
