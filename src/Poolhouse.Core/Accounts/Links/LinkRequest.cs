using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Accounts.Links;

/// <summary>A link that somebody has asked for and is to prove by a code that was mailed to the other account.</summary>
public sealed record LinkRequest
{
    /// <summary>How long a code works. NIST SP 800-63B-4 §3.1.3: ten minutes at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How many codes may be tried.</summary>
    public const int MostTries = 5;

    /// <summary>Digits of a code; leading zeros are kept.</summary>
    public const int CodeLength = 6;

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Who asks. One request is alive for each other application; a newer one takes its place.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The other application.</summary>
    public required string Application { get; init; }

    /// <summary>The address that the code went to, in lower case: the code proves it and no later one.</summary>
    public required string Email { get; init; }

    /// <summary>The name of who has it in the other application's pool; null where nobody has, and then no code is right.</summary>
    public string? PoolUsername { get; init; }

    /// <summary>Whose it is in that pool; null likewise.</summary>
    public Sub? Sub { get; init; }

    /// <summary>See <see cref="HashOf"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>After this no code works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The keyed hash of a code, bound to the request and to who asks.</summary>
    public static byte[] HashOf(Sealer sealer, string id, AccountId account, string digits) =>
        sealer.Mac(SealPurpose.CodeHash, Encoding.UTF8.GetBytes($"link\n{id}\n{account}\n{digits}"));
}

/// <summary>An account's link to another one.</summary>
/// <param name="Id">The link, the same on both sides.</param>
/// <param name="Other">The other account.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record AccountLink(string Id, Account Other, DateTimeOffset CreatedAt);

/// <summary>What became of a link that was to be made.</summary>
public enum LinkOutcome
{
    /// <summary>It is made.</summary>
    Linked,

    /// <summary>The two were linked already.</summary>
    Existed,

    /// <summary>One of the two has a link to another account of that application.</summary>
    Taken,
}
