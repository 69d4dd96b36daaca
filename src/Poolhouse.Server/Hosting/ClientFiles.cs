namespace Poolhouse.Server;

/// <summary>How the web client's files are served. Names under /assets carry a hash of their content, so they never change.</summary>
internal static class ClientFiles
{
    public static StaticFileOptions Options { get; } = new()
    {
        OnPrepareResponse = static context =>
        {
            var headers = context.Context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                ? "public, max-age=31536000, immutable"
                : "no-cache";
        },
    };
}
