using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;

namespace Poolhouse.Core.Stores;

/// <summary>Codes that were sent.</summary>
public interface ICodeStore
{
    /// <summary>Makes this the one live code of its user, purpose and attribute.</summary>
    ValueTask PutAsync(Code code, CancellationToken ct);

    /// <summary>
    /// Consumes the live code in one statement. <paramref name="acceptableHashes"/> are one or two: under the current key and
    /// the one before it. <paramref name="attribute"/> null takes the code of the purpose whatever it proves.
    /// </summary>
    ValueTask<(CodeOutcome Outcome, Code? Code)> ConsumeAsync(
        PoolId pool, Sub sub, CodePurpose purpose, string? attribute, IReadOnlyList<byte[]> acceptableHashes, DateTimeOffset now, CancellationToken ct);

    /// <summary>Makes every code of a user for a purpose worthless.</summary>
    ValueTask RevokeAsync(PoolId pool, Sub sub, CodePurpose purpose, CancellationToken ct);
}

/// <summary>Token families.</summary>
public interface IFamilyStore
{
    /// <summary>Adds a family.</summary>
    ValueTask CreateAsync(TokenFamily family, CancellationToken ct);

    /// <summary>The family, or null.</summary>
    ValueTask<TokenFamily?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Puts <paramref name="next"/> in the place of <paramref name="presented"/> in one statement. The current token wins; so does
    /// its predecessor until the grace that began when it was replaced is over, and that never extends the grace.
    /// </summary>
    ValueTask<RotationOutcome> RotateAsync(string id, string presented, string next, TimeSpan grace, DateTimeOffset now, CancellationToken ct);

    /// <summary>Revokes the family; false if it was revoked or never was.</summary>
    ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes an activity of a session; false if it was revoked.</summary>
    ValueTask<bool> TouchAsync(string id, string device, string? address, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Revokes all live sessions of a user but the <paramref name="keep"/> most recently used ones (0–99), and lets no other session of the
    /// user come to be before the unit ends. Families without a session id are none.
    /// </summary>
    ValueTask EvictAsync(PoolId pool, Sub sub, int keep, DateTimeOffset now, CancellationToken ct);

    /// <summary>A user's live sessions, most recently used first. <paramref name="limit"/> 1–125.</summary>
    ValueTask<IReadOnlyList<TokenFamily>> ListSessionsAsync(PoolId pool, Sub sub, int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>Revokes the session; false if the user has no live one of that id.</summary>
    ValueTask<bool> RevokeSessionAsync(PoolId pool, Sub sub, string sessionId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Takes the device from the user's sign-ins on it and makes their refresh tokens useless. Access tokens stay good until their time is
    /// over, but don't register the device again.
    /// </summary>
    ValueTask EndRefreshOfDeviceAsync(PoolId pool, Sub sub, string deviceKey, CancellationToken ct);

    /// <summary>Revokes every family of a user.</summary>
    ValueTask RevokeAllAsync(PoolId pool, Sub sub, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Signing keys of pools.</summary>
public interface ISigningKeyStore
{
    /// <summary>Adds a key; false if the pool already has one of that purpose and generation, so that racing nodes agree.</summary>
    ValueTask<bool> AddAsync(SigningKeyRecord key, CancellationToken ct);

    /// <summary>All keys of a pool, newest generation first.</summary>
    ValueTask<IReadOnlyList<SigningKeyRecord>> ListAsync(PoolId pool, CancellationToken ct);

    /// <summary>Pools whose newest keys sign since before a time, those that waited longest first. <paramref name="limit"/> 1–1,000.</summary>
    ValueTask<IReadOnlyList<PoolId>> ListDueAsync(DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>Removes keys whose successor signs since before a time: of one pool, or of all where it is null.</summary>
    ValueTask<int> RemoveReplacedAsync(PoolId? pool, DateTimeOffset before, CancellationToken ct);
}

/// <summary>A signing key as it is kept.</summary>
/// <param name="Kid">The <c>kid</c> header.</param>
/// <param name="PoolId">The pool.</param>
/// <param name="Purpose"><c>id</c> or <c>access</c>.</param>
/// <param name="Generation">From 1, one higher at each rotation.</param>
/// <param name="SealedPrivateKey">PKCS#8, sealed with the kid as context.</param>
/// <param name="SignsFrom">When it takes over from the generation before it; it is published from the start.</param>
public sealed record SigningKeyRecord(string Kid, PoolId PoolId, string Purpose, int Generation, byte[] SealedPrivateKey, DateTimeOffset SignsFrom);

/// <summary>Counters of attempts; they outlive a restart.</summary>
public interface IAttemptStore
{
    /// <summary>Counts this attempt and answers how many there were in the window, this one included.</summary>
    ValueTask<int> CountAsync(string key, TimeSpan window, DateTimeOffset now, CancellationToken ct);

    /// <summary>As <see cref="CountAsync"/>, and when the window is over.</summary>
    ValueTask<(int Attempts, DateTimeOffset EndsAt)> CountWindowAsync(string key, TimeSpan window, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Counts a guess before it is checked, in one statement, so that guesses made at once cannot slip past the lock
    /// (CVE-2023-33170). False while locked: after 5 failures for 1 s, doubling up to 15 min (Cognito's own rule).
    /// </summary>
    ValueTask<bool> AdmitGuessAsync(string key, DateTimeOffset now, CancellationToken ct);

    /// <summary>Forgets a counter: the guess was right.</summary>
    ValueTask ClearAsync(string key, CancellationToken ct);
}

/// <summary>Ids of one-time things that carry their own sealed state.</summary>
public interface ISpentStore
{
    /// <summary>True for the one caller that spends the id; it is remembered until <paramref name="expiresAt"/>.</summary>
    ValueTask<bool> SpendAsync(string id, DateTimeOffset expiresAt, CancellationToken ct);

    /// <summary>Whether the id was spent. Only for a clearer error; the decision is SpendAsync's.</summary>
    ValueTask<bool> IsSpentAsync(string id, CancellationToken ct);
}
