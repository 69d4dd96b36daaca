using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Poolhouse.Server.Oidc.Providers;

/// <summary>
/// The client secret that Apple wants: a token that the team's key signs, ES256, good for minutes.
/// https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
/// </summary>
internal static class AppleSecret
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The secret; null where the configured key is none.</summary>
    public static string? Make(ProviderDetails provider, DateTimeOffset now)
    {
        if (provider["team_id"] is not { } team || provider["key_id"] is not { } keyId || provider.Secret is not { } pem) return null;
        try
        {
            using var key = ECDsa.Create();
            if (pem.Contains("-----BEGIN", StringComparison.Ordinal)) key.ImportFromPem(pem);
            else key.ImportPkcs8PrivateKey(Convert.FromBase64String(pem), out _);
            if (key.KeySize != 256) return null;
            var header = Encode($$"""{"alg":"ES256","kid":{{Text(keyId)}}}""");
            var claims = Encode(
                $$"""{"iss":{{Text(team)}},"iat":{{now.ToUnixTimeSeconds()}},"exp":{{(now + Lifetime).ToUnixTimeSeconds()}},"aud":"https://appleid.apple.com","sub":{{Text(provider.ClientId)}}}""");
            var signed = header + "." + claims;
            // RFC 7518 §3.4: the signature is r and s side by side, which is what .NET makes.
            return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        }
        catch (Exception unusable) when (unusable is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Text(string value) => '"' + JsonEncodedText.Encode(value).ToString() + '"';

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
