using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Clients;

/// <summary>How a client proved that it knows its secret.</summary>
public enum ClientProof
{
    /// <summary>It did, or it has no secret.</summary>
    Valid,

    /// <summary>It has a secret and sent nothing.</summary>
    Missing,

    /// <summary>What it sent is wrong.</summary>
    Wrong,
}

/// <summary>SECRET_HASH: base64(HMAC-SHA256(secret, username ‖ client id)). User guide, "Computing secret hash values".</summary>
public static class SecretHash
{
    /// <summary>Checks a hash over the very name that was sent in the same call. A public client ignores one.</summary>
    public static ClientProof Check(AppClient client, string username, string? hash)
    {
        if (client.Secret is null) return ClientProof.Valid;
        if (string.IsNullOrEmpty(hash)) return ClientProof.Missing;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(client.Secret.Reveal()), Encoding.UTF8.GetBytes(username + client.Id.Value), expected);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 3];
        var isRight = Convert.TryFromBase64String(hash, given, out var length)
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
        return isRight ? ClientProof.Valid : ClientProof.Wrong;
    }

    /// <summary>Checks a secret sent as it is (GetTokensFromRefreshToken, RevokeToken).</summary>
    public static ClientProof CheckPlain(AppClient client, string? secret)
    {
        if (client.Secret is null) return ClientProof.Valid;
        if (string.IsNullOrEmpty(secret)) return ClientProof.Missing;
        return client.Secret.Matches(secret) ? ClientProof.Valid : ClientProof.Wrong;
    }
}
