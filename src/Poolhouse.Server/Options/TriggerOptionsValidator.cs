namespace Poolhouse.Server.Options;

/// <summary>Says everything that is wrong with the options of triggers.</summary>
internal static class TriggerOptionsValidator
{
    private const int ShortestSecret = 16;
    private const int KeyLength = 32;

    public static IEnumerable<string> Validate(ServerOptions options)
    {
        if (options.LambdaEndpoint is { } endpoint && !IsAddress(endpoint)) yield return $"LambdaEndpoint: '{endpoint}' is not an http or https address.";
        if (options.FunctionTimeoutSeconds is < 0.1 or > 5) yield return "FunctionTimeoutSeconds must be 0.1 to 5.";
        foreach (var (name, function) in options.Functions)
        {
            if (function.Url is not { } url || !IsAddress(url)) yield return $"Functions:{name}:Url must be an http or https address.";
            if (function.Kind is not ("lambda" or "webhook")) yield return $"Functions:{name}:Kind must be lambda or webhook.";
            if (function.Kind == "webhook" && function.Secret is not { Length: >= ShortestSecret })
                yield return $"Functions:{name}: a webhook needs a Secret of at least {ShortestSecret} characters.";
            if (function.Kind == "lambda" && function.Secret is not null) yield return $"Functions:{name}: only a webhook has a Secret.";
        }

        foreach (var twice in options.Functions.GroupBy(f => f.Value.Function ?? f.Key, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"Functions: two entries are for '{twice.Key}'.";
        foreach (var (name, key) in options.SenderKeys)
        {
            if (key.KeyId is not { Length: > 0 }) yield return $"SenderKeys:{name}:KeyId must be what pools name as KMSKeyID.";
            if (key.Format is not ("aws-encryption-sdk" or "jwe")) yield return $"SenderKeys:{name}:Format must be aws-encryption-sdk or jwe.";
            if (!IsKey(key.Key)) yield return $"SenderKeys:{name}:Key must be {KeyLength} random bytes in base64, e.g. from: openssl rand -base64 {KeyLength}";
        }

        foreach (var twice in options.SenderKeys.GroupBy(k => k.Value.KeyId ?? "", StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
            yield return $"SenderKeys: two entries are for '{twice.Key}'.";
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.UserInfo.Length == 0;

    private static bool IsKey(string? text)
    {
        var bytes = new byte[KeyLength + 1];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) && length == KeyLength;
    }
}
