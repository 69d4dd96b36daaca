namespace Poolhouse.Storage;

/// <summary>The one place where SQL text differs between databases.</summary>
internal sealed class Dialect
{
    private readonly string skipLocked;

    private Dialect(string name, string skipLocked)
    {
        Name = name;
        this.skipLocked = skipLocked;
    }

    /// <summary>SQLite: its one writer makes row locks pointless.</summary>
    public static Dialect Sqlite { get; } = new("sqlite", "");

    /// <summary>PostgreSQL.</summary>
    public static Dialect Postgres { get; } = new("postgres", "for update skip locked");

    /// <summary>The folder of its migrations.</summary>
    public string Name { get; }

    /// <summary>Puts the clause of this database in the place of <c>{skip_locked}</c>.</summary>
    public string Complete(string sql) => sql.Replace("{skip_locked}", skipLocked, StringComparison.Ordinal);
}
