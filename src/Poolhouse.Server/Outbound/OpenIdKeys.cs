using System.Collections.Concurrent;
using System.Text.Json;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Outbound;

/// <summary>
/// Keys of OpenID Connect providers, found by discovery (OpenID Connect Discovery 1.0 §4) and kept for an hour. An unknown key id asks
/// again, for the provider may have rotated, but not more often than every half minute: anybody can invent key ids.
/// </summary>
internal sealed partial class OpenIdKeys(OutboundHttp http, WallClock clock, ILogger<OpenIdKeys> logger) : IOpenIdKeys
{
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Provider> _providers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<(PublicKey? Key, bool IsReached)> FindAsync(string issuer, string keyId, CancellationToken ct, string? address = null)
    {
        // As many as the configuration has: issuers never come from a request.
        var provider = _providers.GetOrAdd(address is null ? issuer : $"{issuer} {address}", _ => new Provider());
        if (provider.Find(keyId, clock.Now) is { } known) return (known, true);
        await provider.Turn.WaitAsync(ct);
        try
        {
            var now = clock.Now;
            if (provider.Find(keyId, now) is { } found) return (found, true);
            if (now - provider.AskedAt < Pause) return (null, provider.IsReached);
            provider.AskedAt = now;
            var keys = address is null ? await FetchAsync(issuer, ct) : await FetchSetAsync(address, ct);
            provider.IsReached = keys is not null;
            if (keys is not null) (provider.Keys, provider.ReadAt) = (keys, now);
            else LogNotFetched(issuer);
            return (provider.Find(keyId, now), provider.IsReached);
        }
        finally
        {
            provider.Turn.Release();
        }
    }

    private async ValueTask<Dictionary<string, PublicKey>?> FetchAsync(string issuer, CancellationToken ct)
    {
        if (await GetAsync(issuer.TrimEnd('/') + "/.well-known/openid-configuration", ct) is not { } configuration) return null;
        using (configuration)
        {
            // Discovery 1.0 §4.3: the issuer of the document must be exactly the one that was asked.
            if (Text(configuration.RootElement, "issuer") != issuer || Text(configuration.RootElement, "jwks_uri") is not { } address) return null;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IsAsSafe(uri, new Uri(issuer))) return null;
            return await FetchSetAsync(address, ct);
        }
    }

    private async ValueTask<Dictionary<string, PublicKey>?> FetchSetAsync(string address, CancellationToken ct)
    {
        if (await GetAsync(address, ct) is not { } set) return null;
        using (set) return Read(set.RootElement);
    }

    // Keys may stand on another host, but never on less than the issuer itself: https, or this machine where the issuer is.
    private static bool IsAsSafe(Uri uri, Uri issuer) => uri.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback && uri.IsLoopback);

    private async ValueTask<JsonDocument?> GetAsync(string address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (await http.SendAsync(request, ct) is not (StatusCodes.Status200OK, var body)) return null;
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, PublicKey>? Read(JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var keys = new Dictionary<string, PublicKey>(StringComparer.Ordinal);
        foreach (var key in list.EnumerateArray())
        {
            // RFC 7517 §4.2: keys for encryption sign nothing. Keys of other kinds are passed over (§5).
            if (Text(key, "kty") != "RSA" || Text(key, "use") is not (null or "sig") || Text(key, "kid") is not { } id) continue;
            if (PublicKey.TryCreate(Text(key, "n") ?? "", Text(key, "e") ?? "") is { } read) keys[id] = read;
        }

        return keys;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(EventIds.KeysNotFetched, LogLevel.Warning, "The keys of {Issuer} could not be fetched; its tokens are refused for now.")]
    private partial void LogNotFetched(string issuer);

    private sealed class Provider
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public Dictionary<string, PublicKey> Keys { get; set; } = [];

        public DateTimeOffset ReadAt { get; set; }

        public DateTimeOffset AskedAt { get; set; }

        public bool IsReached { get; set; }

        public PublicKey? Find(string keyId, DateTimeOffset now) => now - ReadAt < Freshness ? Keys.GetValueOrDefault(keyId) : null;
    }
}
