namespace Poolhouse.Core.Accounts.Realtime;

/// <summary>A user of the WebSocket API: an account under the keys that this API knows it by.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Application">Its application.</param>
/// <param name="CogId">Unique within the application: the user's <c>sub</c>, or the identity of an identity pool that the user's login is linked to.</param>
/// <param name="Email">In lower case, verified when it was written; unique within the application.</param>
/// <param name="CreatedAt">When.</param>
public sealed record RealtimeUser(AccountId AccountId, string Application, string CogId, string Email, DateTimeOffset CreatedAt);

/// <summary>A sign-in that a client told this API of.</summary>
/// <param name="FamilyId">The sign-in at the pool.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="SealedTokens">Its three tokens, sealed; see <see cref="RealtimeTokens"/>.</param>
/// <param name="StoredAt">When they were last told.</param>
/// <param name="ExpiresAt">The end of the sign-in.</param>
public sealed record StoredSignIn(string FamilyId, AccountId AccountId, byte[] SealedTokens, DateTimeOffset StoredAt, DateTimeOffset ExpiresAt);

/// <summary>What became of a sign-up or login.</summary>
public enum RealtimeOutcome
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>Another account has this e-mail address or cogId.</summary>
    IdentityTaken,

    /// <summary>Another account has the username.</summary>
    UsernameTaken,

    /// <summary>The cogId is neither the user's sub nor an identity of theirs.</summary>
    CogIdMismatch,

    /// <summary>The sign-in ended meanwhile.</summary>
    Ended,
}
