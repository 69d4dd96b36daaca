using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Invites;

/// <summary>The secret of an invitation's link: 256 random bits in base64url. Only its hash is kept; nobody guesses what has this many bits, so a plain one will do.</summary>
public readonly record struct InviteToken(string Text)
{
    private const int Bytes = 32;
    private const int Characters = 43;

    /// <summary>A new one.</summary>
    public static InviteToken New(IRandom random) => new(Base64Url.EncodeToString(random.Bytes(Bytes)));

    /// <summary>Reads one; null for what is none.</summary>
    public static InviteToken? TryRead(string? text) => text is { Length: Characters } && Base64Url.IsValid(text) ? new InviteToken(text) : null;

    /// <summary>SHA-256.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Never the token.</summary>
    public override string ToString() => "***";
}
