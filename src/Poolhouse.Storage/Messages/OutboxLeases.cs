using System.Text.Json;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Messages;

/// <summary>
/// Who may take a message. <c>due_at</c> says when one that nobody has is due, by the clock of the node that put it off; <c>leased_until</c> says when
/// one that somebody has is due again, by the database's clock, which is one for all nodes. A lease still moves <c>due_at</c> to its end, for programs
/// of before step 26 look at nothing else; and a row with an owner and no <c>leased_until</c> was leased by such a program, whose lease ends at <c>due_at</c>.
/// </summary>
internal static class OutboxLeases
{
    /// <summary>Nobody is sending it.</summary>
    public const string IsFree = "(owner is null or leased_until <= {clock} or (leased_until is null and due_at <= @now))";

    /// <summary>It is due: its time has come and nobody has it, or whoever had it is gone.</summary>
    public const string IsDue = "(((owner is null or leased_until is null) and due_at <= @now) or (owner is not null and leased_until <= {clock}))";

    /// <summary>
    /// The positions of up to <c>@limit</c> messages that are due, oldest first, but of those <c>@listed</c>. Each half reads a range of its own index.
    /// The rows are chosen and locked first ("materialized"), so that the plan cannot choose again while it updates.
    /// </summary>
    public const string Due =
        """
        waiting as materialized (
            select position, due_at
            from outbox
            where state = 'waiting' and due_at <= @now and (owner is null or leased_until is null) and not_after >= @now and id not in ({listed})
            order by due_at, position
            limit @limit
            {skip_locked}
        ), left_behind as materialized (
            select position, due_at
            from outbox
            where state = 'waiting' and leased_until <= {clock} and owner is not null and not_after >= @now and id not in ({listed})
            order by leased_until
            limit @limit
            {skip_locked}
        ), due as materialized (
            select position
            from (select position, due_at from waiting union all select position, due_at from left_behind) either
            order by due_at, position
            limit @limit
        )
        """;

    /// <summary>The parameter <c>@listed</c>.</summary>
    public static string Listed(IReadOnlyCollection<string> ids) => JsonSerializer.Serialize([.. ids], StorageJson.Default.ListString);

    /// <summary>The parameter <c>@lease</c>, in the unit of <c>{clock}</c>.</summary>
    public static long Milliseconds(TimeSpan lease) => (long)lease.TotalMilliseconds;
}
