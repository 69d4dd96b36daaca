using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Oidc;

/// <summary>
/// Tells a browser from others while it is at an identity provider, so that nobody can end in a victim's browser what was begun in another
/// (RFC 9700 §4.7). It says nothing about the person and opens nothing.
/// </summary>
internal static class BrowserCookie
{
    private const int Length = 32;

    /// <summary>The hash of the browser's cookie, which it is given if it has none; several tabs share it.</summary>
    public static byte[] Demand(HttpContext http, IRandom random)
    {
        var value = http.Request.Cookies[Name(http)] is { Length: Length } present ? present : Convert.ToHexStringLower(random.Bytes(Length / 2));
        http.Response.Cookies.Append(Name(http), value, new CookieOptions
        {
            HttpOnly = true,
            Path = "/",
            Secure = http.Request.IsHttps,
            // Apple comes back by a POST from its own site, which only None lets through; without TLS browsers refuse None.
            SameSite = http.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
            MaxAge = TimeSpan.FromHours(1),
        });
        return Hash(value);
    }

    /// <summary>Whether the browser is the one.</summary>
    public static bool Is(HttpContext http, byte[] hash) =>
        http.Request.Cookies[Name(http)] is { Length: Length } present && CryptographicOperations.FixedTimeEquals(Hash(present), hash);

    private static string Name(HttpContext http) => http.Request.IsHttps ? "__Host-poolhouse-browser" : "poolhouse-browser";

    private static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));
}
