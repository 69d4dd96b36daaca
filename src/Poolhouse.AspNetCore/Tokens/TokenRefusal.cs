namespace Poolhouse.AspNetCore.Tokens;

/// <summary>Why a token is not accepted.</summary>
internal enum TokenRefusal
{
    /// <summary>It is accepted.</summary>
    None,

    /// <summary>Not a token that a user pool could have made, or its claims are not what they should be.</summary>
    Malformed,

    /// <summary>Signed by a key that the pool doesn't publish.</summary>
    UnknownKey,

    /// <summary>The signature is not the pool's.</summary>
    BadSignature,

    /// <summary>Of another pool.</summary>
    WrongIssuer,

    /// <summary>An ID token where an access token is asked for, or the other way round.</summary>
    WrongUse,

    /// <summary>Made for another client or another API.</summary>
    WrongClient,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Revoked, its user signed out, disabled or deleted.</summary>
    Revoked,

    /// <summary>The pool would not tell whether it was revoked.</summary>
    NotCheckable,

    /// <summary>Nothing can be said: the pool doesn't answer.</summary>
    PoolUnavailable,
}

/// <summary>What a client is told.</summary>
internal static class TokenRefusals
{
    /// <summary>The text of <c>error_description</c>; of the characters that RFC 6750 §3 allows, none of them the token's.</summary>
    public static string Describe(this TokenRefusal refusal) => refusal switch
    {
        TokenRefusal.UnknownKey => "The token is signed by an unknown key.",
        TokenRefusal.BadSignature => "The signature of the token is wrong.",
        TokenRefusal.WrongIssuer => "The token is from another issuer.",
        TokenRefusal.WrongUse => "The token is not for this use.",
        TokenRefusal.WrongClient => "The token is for another client.",
        TokenRefusal.Expired => "The token has expired.",
        TokenRefusal.NotYetValid => "The token is not valid yet.",
        TokenRefusal.Revoked => "The token has been revoked.",
        TokenRefusal.NotCheckable => "The token cannot be checked for revocation.",
        TokenRefusal.PoolUnavailable => "The token cannot be checked at this time.",
        _ => "The token is malformed.",
    };
}
