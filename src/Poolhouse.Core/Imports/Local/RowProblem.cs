using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Imports.Local;

/// <summary>What is wrong with a row.</summary>
/// <param name="Code">Stable, upper snake case.</param>
/// <param name="Why">In words, without anything of the row but names of its columns.</param>
public sealed record RowProblem(string Code, string Why);

/// <summary>Everything that can be wrong with a row; <c>docs/migration.md</c> lists the codes. Sorted by code.</summary>
public static class RowProblems
{
    /// <summary>Another user of the pool has the address or preferred name as an alias.</summary>
    public static RowProblem AliasTaken(string attribute) => new("ALIAS_TAKEN", $"Another user of the pool has the {attribute}.");

    /// <summary>An attribute's value can't be stored.</summary>
    public static RowProblem Attribute(AttributeProblem problem) => problem switch
    {
        AttributeProblem.Required => new("ATTRIBUTE_REQUIRED", $"The pool requires {problem.Name}."),
        AttributeProblem.Unknown => ColumnUnknown,
        AttributeProblem.ReadOnly => new("ATTRIBUTE_READ_ONLY", $"The server sets {problem.Name} by itself."),
        AttributeProblem.NothingToVerify => new("NOTHING_TO_VERIFY", $"{problem.Name} is true, and the row has no address that it could be about."),
        _ => new("ATTRIBUTE_INVALID", $"The {problem.Name} does not match the schema of the pool."),
    };

    /// <summary>A member that is neither a column of imports nor an attribute of the pool.</summary>
    public static RowProblem ColumnUnknown { get; } = new("COLUMN_UNKNOWN", "The row has a member that is neither a column of imports nor an attribute of the pool.");

    /// <summary>NUL and the like.</summary>
    public static RowProblem ControlCharacter(string column) => new("CONTROL_CHARACTER", $"The {column} has a control character.");

    /// <summary>Not a time, or one that has not come.</summary>
    public static RowProblem CreatedAt { get; } = new("CREATED_AT_INVALID", "The created_at is neither a time with its offset (2020-01-31T12:00:00Z) nor seconds since 1970, or lies in the future.");

    /// <summary>An earlier row of the file has the same name.</summary>
    public static RowProblem DuplicateInFile(string what, long line) => new("DUPLICATE_IN_FILE", $"The row at line {line} has the same {what}.");

    /// <summary>Neither true nor false.</summary>
    public static RowProblem Flag(string column) => new("FLAG_INVALID", $"The {column} is neither true nor false.");

    /// <summary>The pool has no such group.</summary>
    public static RowProblem GroupUnknown { get; } = new("GROUP_UNKNOWN", "The pool lacks a group that the row names; make the group first.");

    /// <summary>More groups than a user may be in.</summary>
    public static RowProblem GroupsTooMany { get; } = new("GROUPS_TOO_MANY", "A user may be in 100 groups at most.");

    /// <summary>Begins like a hash and is none.</summary>
    public static RowProblem HashMalformed(string form) => new("HASH_MALFORMED", $"The password_hash begins like one of {form} and is none.");

    /// <summary>Costs more than is accepted.</summary>
    public static RowProblem HashTooCostly(string form, string limit) => new("HASH_TOO_COSTLY", $"The password_hash is one of {form} and costs more than is accepted: {limit}.");

    /// <summary>Of no known form.</summary>
    public static RowProblem HashUnknown { get; } = new("HASH_UNKNOWN", "The password_hash has no form that is known; a hash of Firebase needs its password_salt and --firebase-hash-config.");

    /// <summary>A JSON line that is no object of plain values.</summary>
    public static RowProblem NotJson { get; } = new("NOT_JSON", "The line is not a JSON object of texts, numbers, true, false and null, each name once, and groups as a list.");

    /// <summary>Not UTF-8.</summary>
    public static RowProblem NotUtf8 { get; } = new("NOT_UTF8", "The row is not UTF-8.");

    /// <summary>Both forms of a password.</summary>
    public static RowProblem PasswordAndHash { get; } = new("PASSWORD_AND_HASH", "The row has a password and a password_hash.");

    /// <summary>Longer than any password can be.</summary>
    public static RowProblem PasswordInvalid { get; } = new("PASSWORD_INVALID", "The password has more than 256 characters.");

    /// <summary>A password in clear without the operator's consent.</summary>
    public static RowProblem PlainPassword { get; } = new("PLAIN_PASSWORD_REFUSED", "The row has a password in clear, which needs --allow-plain-passwords.");

    /// <summary>Longer than a row may be.</summary>
    public static RowProblem RowTooLong(int characters) => new("ROW_TOO_LONG", $"The row is longer than {characters} characters.");

    /// <summary>None of the status names.</summary>
    public static RowProblem Status { get; } = new("STATUS_UNKNOWN", "The status is none of confirmed, force_change_password, reset_required and unconfirmed, or asks for a password that the row lacks.");

    /// <summary>Text behind a closing quotation mark.</summary>
    public static RowProblem TextAfterQuote { get; } = new("TEXT_AFTER_QUOTE", "The row has text after a closing quotation mark.");

    /// <summary>A quotation mark that nothing closes.</summary>
    public static RowProblem UnclosedQuote { get; } = new("UNCLOSED_QUOTE", "The row opens a quotation mark that nothing closes; nothing behind it could be read.");

    /// <summary>Another user of the pool has the username.</summary>
    public static RowProblem UserExists { get; } = new("USER_EXISTS", "The pool has a user with that username.");

    /// <summary>Not a name that the pool accepts.</summary>
    public static RowProblem UsernameInvalid { get; } = new("USERNAME_INVALID", "The username is longer than 128 characters, has white space, or has not the form that the pool asks for.");

    /// <summary>Two addresses for one.</summary>
    public static RowProblem UsernameMismatch(string attribute) => new("USERNAME_MISMATCH", $"The username and the {attribute} are two addresses.");

    /// <summary>No name.</summary>
    public static RowProblem UsernameMissing { get; } = new("USERNAME_MISSING", "The row has no username.");

    /// <summary>Not as many values as columns.</summary>
    public static RowProblem ValueCount { get; } = new("VALUE_COUNT", "The row does not have as many values as the header has columns.");
}
