using System.Buffers.Text;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>
/// What a cookie holds: the id of a session, encrypted and authenticated under a key derived from the master key, and nothing else. One
/// text per value, so that a cookie can't be varied into others that also work.
/// </summary>
public sealed class SessionCookies(Sealer sealer)
{
    // Cookies of other pages share the purpose, not the context.
    private static readonly byte[] Context = SealContext.Of("account-session");

    private static readonly int Length = Base64Url.GetEncodedLength(SessionId.Length + Sealer.Overhead);

    /// <summary>The cookie of a session; 87 characters of base64url.</summary>
    public string Write(SessionId id) => Base64Url.EncodeToString(sealer.Seal(id.Reveal(), SealPurpose.SessionCookie, Context));

    /// <summary>The session's id; null for anything that this server did not write, or wrote under a key that it no longer has.</summary>
    public SessionId? Read(string cookie)
    {
        if (cookie.Length != Length || !StrictBase64Url.TryDecode(cookie, out var bytes)) return null;
        return sealer.TryOpen(bytes, SealPurpose.SessionCookie, Context, out var id) ? SessionId.Of(id) : null;
    }
}
