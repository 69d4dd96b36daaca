using Poolhouse.AspNetCore.Caching;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>What the pool said of a token.</summary>
internal enum TokenState
{
    /// <summary>It is good.</summary>
    Live,

    /// <summary>It no longer is.</summary>
    Revoked,

    /// <summary>The pool did not answer, or not in a way that can be understood.</summary>
    Unavailable,
}

/// <summary>A token that was verified: what need not be computed again. The token itself is not in it.</summary>
internal sealed class VerifiedToken(VerificationKey key, TokenClaims claims, TimeProvider time)
{
    /// <summary>The key that signed it.</summary>
    public VerificationKey Key => key;

    /// <summary>What it says.</summary>
    public TokenClaims Claims => claims;

    /// <summary>What the pool last said of it.</summary>
    public RecentAnswer<TokenState> State { get; } = new(time);
}
