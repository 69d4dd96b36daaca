using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Referrals;

/// <summary>
/// The code by which an account invites, as <c>sponsor_code</c> or <c>referral_code</c>: eight letters and digits, without those that are read as others
/// (0, 1, I, L, O, U). Drawn at random, so that one code says nothing of the next: 30^8, over 600 thousand million.
/// </summary>
public readonly record struct ReferralCode
{
    /// <summary>Its length.</summary>
    public const int Length = 8;

    // People put these between groups of letters.
    private const string Separators = " -";
    private const int LongestInput = 32;
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private ReferralCode(string value) => Value = value;

    /// <summary>As it is stored and shown: upper case, without separators.</summary>
    public string Value { get; }

    /// <summary>A fresh one.</summary>
    public static ReferralCode New(IRandom random) => new(random.Text(Length, Alphabet));

    /// <summary>Reads one, in any case and with spaces or hyphens; null for what is none.</summary>
    public static ReferralCode? TryRead(string? text)
    {
        if (text is null or { Length: > LongestInput }) return null;
        var plain = string.Concat(text.Where(c => !Separators.Contains(c, StringComparison.Ordinal))).ToUpperInvariant();
        return plain.Length == Length && plain.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? new ReferralCode(plain) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An account's own code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Credits">How many confirmed accounts it brought, as sponsor's or as referral code.</param>
public sealed record OwnReferralCode(ReferralCode Code, long Credits);

/// <summary>Who brought an account.</summary>
/// <param name="Sponsor">Below whom it is placed; null for nobody, or for somebody who is gone.</param>
/// <param name="Referrer">Who is only credited; null likewise.</param>
public sealed record Introduction(AccountId? Sponsor, AccountId? Referrer);
