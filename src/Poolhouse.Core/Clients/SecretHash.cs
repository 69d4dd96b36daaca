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
        if (!client.IsConfidential) return ClientProof.Valid;
        if (string.IsNullOrEmpty(hash)) return ClientProof.Missing;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 3];
        if (!Convert.TryFromBase64String(hash, given, out var length)) return ClientProof.Wrong;

        // Every secret is tried whatever the first says, so time tells only how many there are.
        var text = Encoding.UTF8.GetBytes(username + client.Id.Value);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isRight = false;
        foreach (var secret in client.Secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Value.Reveal()), text, expected);
            isRight |= CryptographicOperations.FixedTimeEquals(expected, given[..length]);
        }

        return isRight ? ClientProof.Valid : ClientProof.Wrong;
    }

    /// <summary>Checks a secret sent as it is (GetTokensFromRefreshToken, RevokeToken).</summary>
    public static ClientProof CheckPlain(AppClient client, string? secret)
    {
        if (!client.IsConfidential) return ClientProof.Valid;
        if (string.IsNullOrEmpty(secret)) return ClientProof.Missing;
        var isRight = false;
        foreach (var own in client.Secrets) isRight |= own.Value.Matches(secret);
        return isRight ? ClientProof.Valid : ClientProof.Wrong;
    }
}
