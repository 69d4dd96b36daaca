namespace Poolhouse.Storage;

/// <summary>The one place where SQL text differs between databases.</summary>
internal sealed class Dialect
{
    private readonly string skipLocked;
    private readonly string locked;
    private readonly string keyLocked;
    private readonly string shared;

    private Dialect(string name, string skipLocked, string locked, string keyLocked, string shared)
    {
        Name = name;
        this.skipLocked = skipLocked;
        this.locked = locked;
        this.keyLocked = keyLocked;
        this.shared = shared;
    }

    /// <summary>SQLite: its one writer makes row locks pointless.</summary>
    public static Dialect Sqlite { get; } = new("sqlite", "", "", "", "");

    /// <summary>PostgreSQL.</summary>
    public static Dialect Postgres { get; } = new("postgres", "for update skip locked", "for no key update", "for key share", "for share");

    /// <summary>The folder of its migrations.</summary>
    public string Name { get; }

    /// <summary>
    /// Puts the clauses of this database in their places: <c>{skip_locked}</c> takes rows that nobody else has, <c>{locked}</c>
    /// keeps a row from change until the unit ends, <c>{shared}</c> does so for any number of units at once, <c>{key_locked}</c> only
    /// keeps it from removal.
    /// </summary>
    public string Complete(string sql) => !sql.Contains('{', StringComparison.Ordinal)
        ? sql
        : sql
            .Replace("{skip_locked}", skipLocked, StringComparison.Ordinal)
            .Replace("{locked}", locked, StringComparison.Ordinal)
            .Replace("{shared}", shared, StringComparison.Ordinal)
            .Replace("{key_locked}", keyLocked, StringComparison.Ordinal);
}
