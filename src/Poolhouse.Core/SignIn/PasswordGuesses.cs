using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The lock against guessing passwords, shared by every way a password is proved: plain, SRP, ChangePassword.</summary>
public sealed class PasswordGuesses(IDatabase database)
{
    /// <summary>Counts a guess before it is judged; false while locked. A name nobody has locks like one that somebody has.</summary>
    public ValueTask<bool> AdmitAsync(UserPool pool, User? user, string name, DateTimeOffset now, CancellationToken ct)
    {
        var key = KeyOf(pool, user, name);
        return database.WriteAsync(unit => unit.Attempts.AdmitGuessAsync(key, now, ct), ct);
    }

    /// <summary>Forgets the guesses in the transaction that lets the user in.</summary>
    public static ValueTask ClearAsync(IUnitOfWork unit, UserPool pool, User user, CancellationToken ct) =>
        unit.Attempts.ClearAsync(KeyOf(pool, user, ""), ct);

    private static string KeyOf(UserPool pool, User? user, string name) => $"password/{pool.Id}/{user?.Sub.Value ?? pool.Normalize(name)}";
}
