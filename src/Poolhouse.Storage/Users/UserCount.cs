using System.Globalization;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Storage.Users;

/// <summary>
/// How many users a pool has: counted where they are few, estimated beyond, at a cost that does not grow. A counter kept beside the
/// users would be one row that every sign-up waits for; counting a million takes longer than everything else of DescribeUserPool.
/// </summary>
/// <param name="session">Where they are.</param>
/// <param name="counted">As many are counted; more make the estimate better: its standard error is 1 / √counted.</param>
internal sealed class UserCount(DatabaseSession session, int counted)
{
    /// <summary>The standard: exact up to it, within about 1 % beyond.</summary>
    public const int Counted = 10_000;

    // The hexadecimal digits of a UUID that are looked at: eight, a hyphen, and four more.
    private const int DigitsLength = 13;
    private const double Range = 1L << 48;

    /// <summary>The number, or a number near it.</summary>
    public async ValueTask<long> EstimateAsync(PoolId pool, CancellationToken ct)
    {
        var (count, last) = await session
            .Statement(
                """
                select count(*), max(f.sub)
                from (select u.sub from users u where u.pool_id = @pool_id order by u.sub limit @limit) f
                """)
            .Text("pool_id", pool.Value)
            .Bigint("limit", counted + 1L)
            .FindAsync(static row => (row.GetInt64(0), row.TextOrNull(1)), ct);
        if (count <= counted || last is null) return count;
        return Position(last) is { } position ? Math.Max(count, (long)Math.Round((count - 1) / position)) : await CountAsync(pool, ct);
    }

    // Subs are drawn at random (UUID version 4), so they lie evenly: the part of their range that the first k of them fill says how
    // many there are, (k - 1) / part. Bar-Yossef and others, "Counting Distinct Elements in a Data Stream" (2002), algorithm 1.
    private static double? Position(string sub)
    {
        if (sub.Length < DigitsLength || sub[8] != '-') return null;
        var isRead = long.TryParse(
            string.Concat(sub.AsSpan(0, 8), sub.AsSpan(9, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digits);
        return isRead ? (digits + 1) / Range : null;
    }

    // Scans the pool's part of an index; only for subs that this server did not make.
    private ValueTask<long> CountAsync(PoolId pool, CancellationToken ct) => session
        .Statement("select count(*) from users where pool_id = @pool_id")
        .Text("pool_id", pool.Value)
        .FindAsync(static row => row.GetInt64(0), ct);
}
