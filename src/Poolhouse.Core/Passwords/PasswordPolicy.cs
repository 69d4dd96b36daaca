using System.Buffers;
using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Passwords;

/// <summary>Why a password is not acceptable.</summary>
public enum PasswordProblem
{
    /// <summary>Shorter than the pool asks.</summary>
    TooShort,

    /// <summary>No upper-case letter.</summary>
    NoUppercase,

    /// <summary>No lower-case letter.</summary>
    NoLowercase,

    /// <summary>No digit.</summary>
    NoNumber,

    /// <summary>None of Cognito's symbols.</summary>
    NoSymbol,

    /// <summary>Used before, within the pool's history.</summary>
    UsedBefore,

    /// <summary>Known to others, where the pool's threat protection refuses that.</summary>
    Compromised,
}

/// <summary>A pool's rules applied to a password.</summary>
public static class PasswordPolicy
{
    // User guide, "Password requirements": these, and a space that neither begins nor ends the password.
    private static readonly SearchValues<char> Symbols = SearchValues.Create("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ");

    /// <summary>The first rule that the password breaks, in the order in which Cognito reports them; null when it breaks none.</summary>
    public static PasswordProblem? Check(PasswordRules rules, string password)
    {
        if (password.Length < rules.MinimumLength) return PasswordProblem.TooShort;
        if (rules.RequireNumbers && !HasNumber(password)) return PasswordProblem.NoNumber;
        if (rules.RequireSymbols && !HasSymbol(password)) return PasswordProblem.NoSymbol;
        if (rules.RequireUppercase && !HasUppercase(password)) return PasswordProblem.NoUppercase;
        if (rules.RequireLowercase && !HasLowercase(password)) return PasswordProblem.NoLowercase;
        return null;
    }

    /// <summary>Whether it has a digit.</summary>
    public static bool HasNumber(string password) => password.Any(char.IsAsciiDigit);

    /// <summary>Whether it has one of Cognito's symbols.</summary>
    public static bool HasSymbol(string password) => password.AsSpan().IndexOfAny(Symbols) >= 0;

    /// <summary>Whether it has an upper-case letter.</summary>
    public static bool HasUppercase(string password) => password.Any(char.IsAsciiLetterUpper);

    /// <summary>Whether it has a lower-case letter.</summary>
    public static bool HasLowercase(string password) => password.Any(char.IsAsciiLetterLower);
}
