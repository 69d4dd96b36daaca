using System.Text.RegularExpressions;
using Poolhouse.Messaging.Queue;
using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Wire.Quotas;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server.Options;

/// <summary>Says everything that is wrong with the options, at once.</summary>
internal static partial class ServerOptionsValidator
{
    public static IEnumerable<string> Validate(ServerOptions options, bool isDevelopment)
    {
        foreach (var url in options.Urls.Split(';'))
            if (!Uri.TryCreate(url.Replace("*", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                yield return $"Urls: '{url}' is not an http or https address.";
        if (options.PublicUrl is { } publicUrl && (!Uri.TryCreate(publicUrl, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Query.Length > 0))
            yield return $"PublicUrl: '{publicUrl}' is not an http or https address.";
        if (!Region().IsMatch(options.Region)) yield return $"Region: '{options.Region}' does not look like us-east-1; client libraries insist on that form.";
        if (!AccountId().IsMatch(options.AccountId)) yield return "AccountId must be 12 digits.";
        if (options.HashThreads is < 1 or > 256) yield return "HashThreads must be 1 to 256.";
        if (options.HashQueue is < 1 or > 100_000) yield return "HashQueue must be 1 to 100,000.";
        if (options.SigningKeyDays is < 0 or > 3650) yield return "SigningKeyDays must be 0 to 3,650.";
        if (options.DrainSeconds is < 0 or > 600) yield return "DrainSeconds must be 0 to 600.";
        foreach (var proxy in options.TrustedProxies)
            if (ForwardedAddress.ReadNetwork(proxy) is null) yield return $"TrustedProxies: '{proxy}' is not a network like 10.0.0.0/8, nor an address.";
        if (options.ImportMegabytes is < 1 or > 1024) yield return "ImportMegabytes must be 1 to 1,024.";
        if (options.HashProfile is not (null or "production" or "development")) yield return "HashProfile must be production or development.";
        if (options.HashProfile == "development" && !isDevelopment)
            yield return "HashProfile development makes passwords cheap to guess; it is refused outside the Development environment.";
        if (options.MasterKey is null && !isDevelopment)
            yield return "Outside Development a master key is needed: set POOLHOUSE_MASTER_KEY or MasterKeyFile to 32 random bytes in base64, e.g. from: openssl rand -base64 32";
        foreach (var (category, rate) in options.RequestQuotas)
        {
            if (!QuotaCategories.Defaults.Keys.Contains(category, StringComparer.OrdinalIgnoreCase))
                yield return $"RequestQuotas: there is no category '{category}'. There are: {string.Join(", ", QuotaCategories.Defaults.Keys.Order(StringComparer.Ordinal))}.";
            if (rate is < 0 or > 1_000_000) yield return $"RequestQuotas: {category} must be 0 to 1,000,000.";
        }

        if (options.Redis is { } redis && !RedisConnection.IsUsable(redis, out var unusable)) yield return $"Redis: {unusable}; it should look like host:6379,password=secret.";
        if (options.RabbitMq is { } broker && !RabbitMqOptions.TryParse(broker, out _, out var unreadable)) yield return unreadable;
        if (!options.Consume && options.RabbitMq is null) yield return "Consume: without RabbitMq nobody else would deliver mail; set RabbitMq, or leave Consume out.";
        if (options.Smtp is { } smtp && !SmtpOptions.TryParse(smtp, out _, out var error)) yield return error;
        if (options.BreachedPasswords is { } folder && !Directory.Exists(folder)) yield return $"BreachedPasswords: there is no folder '{folder}'.";
        foreach (var entry in options.LogDestinations)
            if (Logs.LogDestinations.Problem(entry) is { } destination) yield return destination;
        foreach (var (name, feature) in options.Features)
            if (feature.Groups.Values.Append(feature.Percentage).Any(p => p is not (>= 0 and <= 100))) yield return $"Features: the percentages of {name} must be 0 to 100.";
        foreach (var problem in ApplicationOptionsValidator.Validate(options)) yield return problem;
        foreach (var problem in KycOptionsValidator.Validate(options.Kyc)) yield return problem;
        foreach (var problem in TriggerOptionsValidator.Validate(options)) yield return problem;
        foreach (var (id, secret) in options.AccessKeys)
            if (!AccessKeyId().IsMatch(id) || secret.Length < 16) yield return $"AccessKeys: '{id}' must be 16 to 128 letters and digits with a secret of at least 16 characters.";
    }

    [GeneratedRegex("^[a-z]{2}(?:-[a-z]+)+-[0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex Region();

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.NonBacktracking)]
    private static partial Regex AccountId();

    [GeneratedRegex("^[A-Za-z0-9_]{16,128}$", RegexOptions.NonBacktracking)]
    private static partial Regex AccessKeyId();
}
