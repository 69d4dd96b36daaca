using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// The locks against guessing codes, counted before a code is judged (CVE-2023-33170). For a second factor it is the user's: who
/// guesses there knows the password, and must not gain guesses by starting again (CVE-2024-32868). For a first factor it is the
/// challenge's: anybody can begin one, so a lock on the user would let anybody keep the user out.
/// </summary>
public sealed class CodeGuesses(IDatabase database, AttemptLimits limits)
{
    /// <summary>Counts a guess; false while there were too many.</summary>
    public ValueTask<bool> AdmitAsync(UserPool pool, ChallengeState state, DateTimeOffset now, CancellationToken ct) =>
        state is { IsSecondFactor: true, Sub: { } sub }
            ? database.WriteAsync(unit => unit.Attempts.AdmitGuessAsync(KeyOf(pool, sub), now, ct), ct)
            : limits.AdmitAsync(AttemptKind.FirstFactorCode, pool, state.Id, now, ct);

    /// <summary>Forgets a user's guesses in the transaction that lets the user in.</summary>
    public static ValueTask ClearAsync(IUnitOfWork unit, UserPool pool, User user, CancellationToken ct) =>
        unit.Attempts.ClearAsync(KeyOf(pool, user.Sub.Value), ct);

    private static string KeyOf(UserPool pool, string sub) => $"second-factor/{pool.Id}/{sub}";
}
