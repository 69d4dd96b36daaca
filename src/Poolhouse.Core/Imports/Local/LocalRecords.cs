using System.Collections.Frozen;
using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Imports.Local;

/// <summary>One row of a file, not looked at yet.</summary>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Values">What it says by column, empty values left out.</param>
/// <param name="Groups">The groups it names.</param>
/// <param name="Problem">Why it can't be read; null when it can.</param>
public sealed record LocalRecord(long Line, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Groups, RowProblem? Problem)
{
    /// <summary>A row that can't be read; nothing of it is kept, for no value can be trusted to be in its place.</summary>
    public static LocalRecord Unreadable(long line, RowProblem problem) => new(line, FrozenDictionary<string, string>.Empty, [], problem);
}

/// <summary>A file, row by row. Holds one row at a time.</summary>
public interface ILocalRecords
{
    /// <summary>Where the next row begins; bytes.</summary>
    long Position { get; }

    /// <summary>The line number there.</summary>
    long Line { get; }

    /// <summary>The next row; null at the end.</summary>
    ValueTask<LocalRecord?> ReadAsync(CancellationToken ct);
}

/// <summary>The columns that are no attributes. Sorted.</summary>
public static class LocalColumns
{
    /// <summary>When the account was made elsewhere.</summary>
    public const string CreatedAt = "created_at";

    /// <summary>Whether the user may sign in.</summary>
    public const string Enabled = "enabled";

    /// <summary>Groups, with semicolons between them.</summary>
    public const string Groups = "groups";

    /// <summary>The password itself.</summary>
    public const string Password = "password";

    /// <summary>What another system made of the password.</summary>
    public const string PasswordHash = "password_hash";

    /// <summary>The salt of a hash that Firebase exported.</summary>
    public const string PasswordSalt = "password_salt";

    /// <summary>Where the account stands.</summary>
    public const string Status = "status";

    /// <summary>The name.</summary>
    public const string Username = "username";

    private static readonly string[] All = [CreatedAt, Enabled, Groups, Password, PasswordHash, PasswordSalt, Status, Username];

    /// <summary>The column that a name stands for; null where it is none of a pool's. <c>phone</c> is <c>phone_number</c>.</summary>
    public static string? Of(UserPool pool, string name)
    {
        if (name == "phone") return "phone_number";
        if (name == "phone_verified") return "phone_number_verified";
        return All.Contains(name) || AttributeSchema.Find(pool, name) is not null ? name : null;
    }
}
