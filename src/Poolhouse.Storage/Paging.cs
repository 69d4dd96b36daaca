using Poolhouse.Core.Stores;

namespace Poolhouse.Storage;

/// <summary>Pages by the key of their last row; a row that comes or goes meanwhile shifts nothing.</summary>
internal static class Paging
{
    /// <summary>Makes a page of rows that were read one beyond the limit, which tells whether another page follows.</summary>
    public static Page<T> Cut<T>(List<T> rows, int limit, Func<T, string> key)
    {
        if (rows.Count <= limit) return new Page<T>(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, limit == 0 ? null : key(rows[^1]));
    }
}
