using System.Text;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Oidc;

/// <summary>Finds the client that a request of an OAuth endpoint comes from, and has it prove its secret.</summary>
internal sealed class OAuthClients(Catalog catalog)
{
    /// <summary>The client and its pool; null where there is none of that id.</summary>
    public async ValueTask<(AppClient Client, UserPool Pool)?> FindAsync(string? id, CancellationToken ct) =>
        id is not null && await catalog.FindClientAsync(new ClientId(id), ct) is { } client && await catalog.FindPoolAsync(client.PoolId, ct) is { } pool
            ? (client, pool)
            : null;

    /// <summary>The client that proved itself by a header (RFC 7617) or within the form (RFC 6749 §2.3.1); one without a secret names itself.</summary>
    /// <exception cref="OAuthException">It didn't, or it is none that the OAuth endpoints serve.</exception>
    public async ValueTask<(AppClient Client, UserPool Pool)> DemandAsync(HttpRequest request, OAuthParameters form, CancellationToken ct)
    {
        var header = request.Headers.Authorization.ToString();
        var hasHeader = header.Length > 0;
        var (id, secret) = hasHeader ? ReadBasic(header) ?? throw OAuthException.InvalidClient(hasHeader) : (form["client_id"], form["client_secret"]);
        // RFC 6749 §2.3: one way at a time.
        if (hasHeader && (form["client_secret"] is not null || (form["client_id"] is { } named && named != id))) throw OAuthException.InvalidRequest();
        if (id is null) throw OAuthException.InvalidRequest();
        if (await FindAsync(id, ct) is not var (client, pool) || SecretHash.CheckPlain(client, secret) != ClientProof.Valid) throw OAuthException.InvalidClient(hasHeader);
        return client.Settings.UsesOAuth ? (client, pool) : throw new OAuthException("unauthorized_client");
    }

    // RFC 6749 §2.3.1: both halves are form-encoded within.
    private static (string? Id, string? Secret)? ReadBasic(string header)
    {
        const string scheme = "Basic ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (Decode(text[..colon]), Decode(text[(colon + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
