using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Users;

/// <summary>Passwords that an administrator hands out, to be replaced at the first sign-in.</summary>
public static class TemporaryPasswords
{
    // Some 70 bits: it lives for days, and only the lock on guesses stands before it.
    private const int MinimumLength = 12;

    // Without characters that look alike in print, and without any that HTML, a placeholder or an SMS would change.
    private const string Uppercase = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lowercase = "abcdefghijkmnopqrstuvwxyz";
    private const string Numbers = "23456789";
    private const string Symbols = "!#%*+-=?@";

    /// <summary>A password with a character of every class, and so one that satisfies any pool's rules.</summary>
    public static string Generate(PasswordRules rules, IRandom random)
    {
        var length = Math.Max(MinimumLength, rules.MinimumLength);
        var characters = (random.Text(1, Uppercase) + random.Text(1, Lowercase) + random.Text(1, Numbers) + random.Text(1, Symbols)
            + random.Text(length - 4, Uppercase + Lowercase + Numbers + Symbols)).ToCharArray();
        // Fisher and Yates: every order is equally likely.
        for (var i = characters.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (characters[i], characters[j]) = (characters[j], characters[i]);
        }

        return new string(characters);
    }

    /// <summary>When a temporary password set now stops working. API_PasswordPolicyType.TemporaryPasswordValidityDays: 0 means 7.</summary>
    public static DateTimeOffset ExpiresAt(UserPool pool, DateTimeOffset now) =>
        now.AddDays(pool.Settings.Passwords.TemporaryPasswordValidityDays is var days and > 0 ? days : 7);
}
