using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Usernames;

/// <summary>A reservation that was won.</summary>
/// <param name="Token">Proves it at the sign-up and when the name is given back; 256 random bits, kept as their hash only.</param>
/// <param name="ExpiresAt">When somebody else may have the name.</param>
public sealed record UsernameReservation(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => "***";
}

/// <summary>Names that sign-ups in flight hold, so that who chose one still has it when the rest of the form is filled in.</summary>
public static class UsernameReservations
{
    /// <summary>How long a name is held. The contract's section 3.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(2);

    private const int TokenLength = 32;

    /// <summary>A token for a reservation.</summary>
    public static string NewToken(IRandom random) => Base64Url.EncodeToString(random.Bytes(TokenLength));

    /// <summary>What is kept of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
