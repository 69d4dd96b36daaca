using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The lock against guessing passwords, shared by every way a password is proved: plain, SRP, ChangePassword.</summary>
public sealed class PasswordGuesses(IDatabase database, TimeProvider clock)
{
    // Guesses count before they are judged, so a user who signs in at six places at once looks like six guesses until the first is
    // found right and the count is forgotten. Waiting that long costs a guesser nothing but time.
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Counts a guess before it is judged; false while locked. A name nobody has locks like one that somebody has.</summary>
    public async ValueTask<bool> AdmitAsync(UserPool pool, User? user, string name, DateTimeOffset now, CancellationToken ct)
    {
        var key = KeyOf(pool, user, name);
        for (var attempt = 1; ; attempt++)
        {
            if (await database.WriteAsync(unit => unit.Attempts.AdmitGuessAsync(key, now, ct), ct)) return true;
            if (attempt == Tries) return false;
            await Task.Delay(Pause, clock, ct);
        }
    }

    /// <summary>Forgets the guesses in the transaction that lets the user in.</summary>
    public static ValueTask ClearAsync(IUnitOfWork unit, UserPool pool, User user, CancellationToken ct) =>
        unit.Attempts.ClearAsync(KeyOf(pool, user, ""), ct);

    private static string KeyOf(UserPool pool, User? user, string name) => $"password/{pool.Id}/{user?.Sub.Value ?? pool.Normalize(name)}";
}
