using System.Buffers;
using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Tokens;

/// <summary>An access token for a client itself, with its lifetime. API_ClientAuthenticationResultType.</summary>
public sealed record IssuedClientToken(string AccessToken, TimeSpan Lifetime);

/// <summary>
/// Access tokens for machines: the client proves its secret and acts for nobody (RFC 6749 §4.4; user guide, "Scopes, M2M, and
/// resource servers"). There is no user in them, so the users' own API refuses them.
/// </summary>
public sealed class ClientTokens(PoolKeys keys, Issuer issuer, IRandom random, IDatabase database, TokenTriggers triggers)
{
    // Quota of Cognito: resource servers of a pool.
    private const int MostServers = 50;

    /// <summary>A token for the scopes that are asked for, all of the client's if none are.</summary>
    /// <param name="pool">The client's pool.</param>
    /// <param name="client">Has proved its secret.</param>
    /// <param name="asked">Scopes, <c>server/name</c>; null or empty for all.</param>
    /// <param name="clientMetadata">The call's, for the pool's function.</param>
    /// <param name="now">Becomes <c>iat</c>.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<IssuedClientToken>> IssueAsync(
        UserPool pool,
        AppClient client,
        IReadOnlyList<string>? asked,
        IReadOnlyDictionary<string, string>? clientMetadata,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var allowed = client.Settings.AllowedOAuthScopes ?? [];
        // What a resource server no longer has is nobody's any more.
        var present = await database.ReadAsync(stores => PresentAsync(stores, client.PoolId, ct), ct);
        var scopes = asked is { Count: > 0 } ? asked.Distinct(StringComparer.Ordinal).ToList() : [.. allowed.Where(present.Contains)];
        if (scopes.Find(scope => !allowed.Contains(scope) || !present.Contains(scope)) is { } unknown) return new Refusal.ScopeUnknown(unknown);
        var changes = await triggers.AskForClientAsync(pool, client, scopes, clientMetadata, ct);
        if (changes.Refusal is { } refusal) return refusal;
        var set = await keys.GetAsync(client.PoolId, ct);
        var lifetime = Validity.AccessToken(client.Settings);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sub"u8, client.Id.Value);
            json.WriteString("token_use"u8, "access"u8);
            json.WriteString("scope"u8, string.Join(' ', scopes));
            json.WriteNumber("auth_time"u8, now.ToUnixTimeSeconds());
            json.WriteString("iss"u8, issuer.Of(client.PoolId));
            json.WriteNumber("exp"u8, (now + lifetime).ToUnixTimeSeconds());
            json.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            json.WriteNumber("version"u8, 2);
            json.WriteString("jti"u8, random.UuidText());
            json.WriteString("client_id"u8, client.Id.Value);
            json.WriteEndObject();
        }

        var claims = changes.Value?.Access is { } change ? change.Apply(buffer.WrittenMemory).Span : buffer.WrittenSpan;
        return new IssuedClientToken(Jwt.Sign(set.Access, claims), lifetime);
    }

    /// <summary>Every scope that the pool's resource servers have, <c>server/name</c>.</summary>
    public static async ValueTask<HashSet<string>> PresentAsync(IStores stores, PoolId pool, CancellationToken ct)
    {
        var servers = await stores.Documents.ListAsync(pool, DocumentKind.ResourceServer, MostServers, after: null, ct);
        return servers.Items
            .SelectMany(server => DocumentTypes.ResourceServer.Read(server).Scopes.Select(scope => $"{server.Key}/{scope.Name}"))
            .ToHashSet(StringComparer.Ordinal);
    }
}
