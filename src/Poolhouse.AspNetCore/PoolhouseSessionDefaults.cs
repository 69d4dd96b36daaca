namespace Poolhouse.AspNetCore;

/// <summary>Names that <see cref="PoolhouseSessionExtensions.AddPoolhouseSession(Microsoft.AspNetCore.Authentication.AuthenticationBuilder, Action{PoolhouseSessionOptions})"/> uses.</summary>
public static class PoolhouseSessionDefaults
{
    /// <summary>The scheme's name unless the application chooses another.</summary>
    public const string AuthenticationScheme = "PoolhouseSession";

    /// <summary>
    /// Poolhouse's cookie. Browsers take a cookie of such a name only over a secure connection, for the whole host and for no other one, so
    /// no neighbouring domain can plant it (RFC 6265bis §4.1.3.2).
    /// </summary>
    public const string CookieName = "__Host-poolhouse";
}
