using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Poolhouse.Server.Mailbox;

/// <summary>Style, script and mark of the mailbox pages, out of the assembly.</summary>
internal static class MailboxAssets
{
    private static readonly FrozenDictionary<string, Asset> Assets = new[]
    {
        Load("mailbox.css", "text/css; charset=utf-8"),
        Load("mailbox.js", "text/javascript; charset=utf-8"),
        Load("mark.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name);

    /// <summary>The asset; a browser asks again each time and mostly hears 304.</summary>
    public static Results<FileContentHttpResult, NotFound> Serve(HttpContext http, string name)
    {
        if (!Assets.TryGetValue(name, out var asset)) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: asset.Tag);
    }

    private static Asset Load(string name, string contentType)
    {
        using var stream = typeof(MailboxAssets).Assembly.GetManifestResourceStream("Mailbox/Assets/" + name)
            ?? throw new InvalidOperationException($"The project does not embed Mailbox/Assets/{name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(name, contentType, content, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..8])}\""));
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, EntityTagHeaderValue Tag);
}
