using System.Globalization;
using System.Text.RegularExpressions;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>How a Firebase project hashes passwords: what its console shows under "Password hash parameters".</summary>
public sealed partial record FirebaseHashConfig
{
    private readonly byte[] _signerKey;
    private readonly byte[] _separator;
    private readonly int _rounds;
    private readonly int _memoryCost;

    private FirebaseHashConfig(byte[] signerKey, byte[] separator, int rounds, int memoryCost) =>
        (_signerKey, _separator, _rounds, _memoryCost) = (signerKey, separator, rounds, memoryCost);

    /// <summary>Never the key.</summary>
    public override string ToString() => "***";

    /// <summary>
    /// Reads what the console shows, <c>hash_config { algorithm: SCRYPT, base64_signer_key: …, base64_salt_separator: …, rounds: 8, mem_cost: 14, }</c>,
    /// or the same as JSON; null for anything else. Costs beyond the caps are found at each hash.
    /// </summary>
    public static FirebaseHashConfig? TryParse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match member in Member().Matches(text)) values[member.Groups["name"].Value] = member.Groups["value"].Value;
        if (values.GetValueOrDefault("algorithm", "SCRYPT") != "SCRYPT") return null;
        return Of(values.GetValueOrDefault("base64_signer_key"), values.GetValueOrDefault("base64_salt_separator", ""), values.GetValueOrDefault("rounds"), values.GetValueOrDefault("mem_cost"));
    }

    /// <summary>
    /// The form that other servers keep, <c>$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=…$salt$hash</c>, in the form that is kept here; null for
    /// anything else.
    /// </summary>
    public static string? TryConvert(string text)
    {
        if (text.Split('$') is not ["", "fbscrypt", var parameters, var salt, var hash]) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.Split(','))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !values.TryAdd(parameter[..equals], parameter[(equals + 1)..])) return null;
        }

        if (values.GetValueOrDefault("v") != "1" || values.GetValueOrDefault("p") != "1") return null;
        return Of(values.GetValueOrDefault("sk"), values.GetValueOrDefault("ss", ""), values.GetValueOrDefault("r"), values.GetValueOrDefault("n"))?.TryConvert(salt, hash);
    }

    /// <summary>A user's exported salt and hash in the form that is kept; null where they are none of this project's.</summary>
    public string? TryConvert(string salt, string hash)
    {
        if (Decode(salt) is not { Length: >= 1 } saltBytes || Decode(hash) is not { } bytes || bytes.Length != _signerKey.Length) return null;
        byte[] salted = [.. saltBytes, .. _separator];
        if (salted.Length is < 8 or > 64) return null;
        var stream = new byte[FirebaseScryptHash.HashLength];
        for (var i = 0; i < stream.Length; i++) stream[i] = (byte)(bytes[i] ^ _signerKey[i]);
        return string.Create(CultureInfo.InvariantCulture, $"${FirebaseScryptHash.Id}$ln={_memoryCost},r={_rounds},p=1${Encode(salted)}${Encode(stream)}");
    }

    private static FirebaseHashConfig? Of(string? signerKey, string separator, string? rounds, string? memoryCost) =>
        Decode(signerKey) is { Length: >= FirebaseScryptHash.HashLength } key && Decode(separator) is { } end
        && PhcText.Number(rounds) is { } r && PhcText.Number(memoryCost) is { } logN && ScryptHash.IsOfForm(logN, r, 1)
            ? new FirebaseHashConfig(key, end, r, logN)
            : null;

    // Exports have either alphabet, with or without padding.
    private static byte[]? Decode(string? text)
    {
        if (text is not { Length: <= 512 }) return null;
        var plain = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        if (plain.Length % 4 == 1) return null;
        var bytes = new byte[plain.Length];
        return Convert.TryFromBase64String(plain + new string('=', (4 - (plain.Length % 4)) % 4), bytes, out var count) ? bytes[..count] : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    [GeneratedRegex("""(?<name>[a-z0-9_]+)"?\s*:\s*"?(?<value>[A-Za-z0-9+/=_-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();
}
