namespace Poolhouse.Server.Account.Sessions;

/// <summary>The cookie of a session as HTTP has it. The contract's section 3.</summary>
internal static class SessionCookie
{
    /// <summary>
    /// Its prefix makes browsers refuse it from anywhere but this very host, over anything but TLS (RFC 6265bis §4.1.3.2), so that no other
    /// host of the domain can plant one. Browsers count http://localhost as trustworthy.
    /// </summary>
    public const string Name = "__Host-poolhouse";

    private static readonly string Lasting = $"; Max-Age={(long)Core.Accounts.Sessions.SessionRules.RememberedLife.TotalSeconds}; Path=/; Secure; HttpOnly; SameSite=Strict";

    /// <summary>
    /// What the request sent; null where there is none. Where there are several of the name, none: a browser never sends that, and which one
    /// counts would be anybody's guess.
    /// </summary>
    public static string? Read(HttpRequest request)
    {
        string? found = null;
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var pair in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            {
                if (!pair.StartsWith(Name + "=", StringComparison.Ordinal)) continue;
                if (found is not null) return "";
                found = pair[(Name.Length + 1)..];
            }
        }

        return found;
    }

    /// <summary>Gives the browser a cookie.</summary>
    public static void Write(HttpResponse response, string cookie) => response.Headers.Append("Set-Cookie", $"{Name}={cookie}{Lasting}");

    /// <summary>Takes it back.</summary>
    public static void Clear(HttpResponse response) =>
        response.Headers.Append("Set-Cookie", $"{Name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
}
