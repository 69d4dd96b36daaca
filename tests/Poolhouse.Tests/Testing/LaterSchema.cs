using Poolhouse.Storage;
using Poolhouse.Storage.Maintenance;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// The schema as a later program may leave it (docs/decisions/0020-rolling-changes.md): every table has a column that this program has never heard of.
/// Every store's tests run on it, so that no SQL depends on how many columns there are, or in which order.
/// </summary>
internal static class LaterSchema
{
    /// <summary>The column.</summary>
    public const string Column = "of_a_later_version";

    /// <summary>The number of the step that adds it.</summary>
    public const int Version = 9001;

    /// <summary>The steps of a program that knows one more.</summary>
    public static IReadOnlyList<Migration> Of(Database database) =>
    [
        .. Migration.All(DialectOf(database)),
        new(Version, "9001-later", string.Join('\n', SnapshotTable.All.Select(table => $"alter table {table.Name} add column {Column} text not null default 'x';"))),
    ];

    /// <summary>Which dialect it speaks.</summary>
    public static Dialect DialectOf(Database database) => database is SqliteDatabase ? Dialect.Sqlite : Dialect.Postgres;
}
