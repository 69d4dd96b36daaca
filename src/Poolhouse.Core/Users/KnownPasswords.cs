using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.SignIn;

namespace Poolhouse.Core.Users;

/// <summary>Whether who is signed in knows the password, for what asks that once more. Guesses count like those at a sign-in.</summary>
public sealed class KnownPasswords(Credentials credentials, PasswordGuesses guesses)
{
    /// <summary>Null where the password is right; otherwise why it isn't taken. Who lets the user on forgets the guesses: <c>PasswordGuesses.ClearAsync</c>.</summary>
    public async ValueTask<Refusal?> WhyNotAsync(UserPool pool, User user, string password, DateTimeOffset now, CancellationToken ct)
    {
        if (!await guesses.AdmitAsync(pool, user, user.Username, now, ct)) return new Refusal.PasswordLocked();
        return await credentials.CheckAsync(user, password, ct) switch
        {
            PasswordCheck.Right or PasswordCheck.RightButStale => null,
            PasswordCheck.Overloaded => new Refusal.Overloaded(),
            _ => new Refusal.WrongCredentials(),
        };
    }
}
