using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Passkeys;

/// <summary>The relying party's id and what follows from it: WebAuthn L3 §5.1.2, §13.4.9.</summary>
public static class RelyingParty
{
    private const string Localhost = "localhost";

    /// <summary>
    /// Whether an id can be one: a lower-case domain name of more than one label, or <c>localhost</c>. Nobody's own suffixes such
    /// as <c>co.uk</c> are not known here; a browser refuses those.
    /// </summary>
    public static bool IsValidId(string id) =>
        id == Localhost || (id.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(id) == UriHostNameType.Dns && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'));

    /// <summary>
    /// Whether a page of this origin may use the id: https on the id's host or one below it, on any port; on localhost and hosts
    /// below it also http. The origin must be written as browsers write it.
    /// </summary>
    public static bool Allows(string id, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin || uri.UserInfo.Length > 0) return false;
        if (uri.Host != id && !uri.Host.EndsWith("." + id, StringComparison.Ordinal)) return false;
        return uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.Host == Localhost || uri.Host.EndsWith("." + Localhost, StringComparison.Ordinal)));
    }

    /// <summary>What authenticators sign in its place.</summary>
    internal static byte[] HashOf(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));
}
