using System.Buffers.Text;
using System.Security.Cryptography;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>
/// The secret of a cookie session: 256 random bits (ASVS 5.0 7.2.3 asks for 128). Only its SHA-256 is ever stored, so that whoever
/// reads a database, a dump of Redis or a list of sessions holds nothing that a cookie could be made of.
/// </summary>
public sealed class SessionId
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = 32;

    private readonly byte[] bytes;

    private SessionId(byte[] bytes) => this.bytes = bytes;

    /// <summary>What the session is stored under.</summary>
    public SessionKey Key => new(Base64Url.EncodeToString(SHA256.HashData(bytes)));

    /// <summary>A new one.</summary>
    public static SessionId New(IRandom random) => new(random.Bytes(Length));

    /// <summary>The id of these bytes; null where they are not as many as an id has.</summary>
    public static SessionId? Of(byte[] bytes) => bytes.Length == Length ? new SessionId(bytes) : null;

    /// <summary>The secret; name it only where a cookie is made.</summary>
    public ReadOnlySpan<byte> Reveal() => bytes;

    /// <inheritdoc/>
    public override string ToString() => "***";
}

/// <summary>The name of a session in stores and lists: the SHA-256 of its id in base64url, 43 characters. No secret.</summary>
public readonly record struct SessionKey(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
