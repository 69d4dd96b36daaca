namespace Poolhouse.Storage;

/// <summary>The one place where SQL text differs between databases.</summary>
internal sealed class Dialect
{
    private readonly string skipLocked;
    private readonly string locked;
    private readonly string keyLocked;
    private readonly string shared;
    private readonly string listed;
    private readonly string clock;

    private Dialect(string name, string skipLocked, string locked, string keyLocked, string shared, string listed, string clock)
    {
        Name = name;
        this.skipLocked = skipLocked;
        this.locked = locked;
        this.keyLocked = keyLocked;
        this.shared = shared;
        this.listed = listed;
        this.clock = clock;
    }

    /// <summary>SQLite: its one writer makes row locks pointless, and its one node has the only clock.</summary>
    public static Dialect Sqlite { get; } = new("sqlite", "", "", "", "", "select value from json_each(@listed)", "@now");

    /// <summary>PostgreSQL. Its clock stands still for a statement: one that might move while it runs can't be looked up in an index.</summary>
    public static Dialect Postgres { get; } = new(
        "postgres", "for update skip locked", "for no key update", "for key share", "for share", "select json_array_elements_text(@listed::json)",
        "(extract(epoch from statement_timestamp()) * 1000)::bigint");

    /// <summary>The folder of its migrations.</summary>
    public string Name { get; }

    /// <summary>
    /// Puts the clauses of this database in their places: <c>{skip_locked}</c> takes rows that nobody else has, <c>{locked}</c>
    /// keeps a row from change until the unit ends, <c>{shared}</c> does so for any number of units at once, <c>{key_locked}</c> only
    /// keeps it from removal; <c>{listed}</c> selects each text of the parameter <c>@listed</c>, a JSON array; <c>{clock}</c> is the
    /// time of the one clock that all nodes share, in milliseconds as <see cref="Statement.Time"/> stores them; it needs the parameter <c>@now</c>.
    /// </summary>
    public string Complete(string sql) => !sql.Contains('{', StringComparison.Ordinal)
        ? sql
        : sql
            .Replace("{skip_locked}", skipLocked, StringComparison.Ordinal)
            .Replace("{locked}", locked, StringComparison.Ordinal)
            .Replace("{shared}", shared, StringComparison.Ordinal)
            .Replace("{key_locked}", keyLocked, StringComparison.Ordinal)
            .Replace("{listed}", listed, StringComparison.Ordinal)
            .Replace("{clock}", clock, StringComparison.Ordinal);
}
