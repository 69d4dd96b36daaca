namespace Poolhouse.Server.Account;

/// <summary>The token of an <c>Authorization: Bearer</c> header. RFC 6750 §2.1.</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>The token, or null where there is none.</summary>
    public static string? Of(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header[Scheme.Length..].Trim() is { Length: > 0 } token ? token : null;
    }
}
