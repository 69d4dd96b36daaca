using Poolhouse.Core.Events;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>
/// Messages to send. Their content is sealed at rest and erased once sent or dead. Leases begin and end by the database's clock where nodes share one;
/// <c>now</c>, a node's clock, only says what is due and what is too late.
/// </summary>
public interface IOutboxStore
{
    /// <summary>Adds a message and drops unsent, unclaimed ones that it supersedes.</summary>
    ValueTask AddAsync(OutboxMessage message, CancellationToken ct);

    /// <summary>
    /// Leases up to <paramref name="limit"/> messages that are due, oldest first, so that no other relay takes them before the lease ends.
    /// Messages whose time is over are not answered, but closed.
    /// </summary>
    /// <param name="owner">Who takes them.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="except">Ids that are left out whatever a clock says: this process is sending them.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Leases one message, of which the queue told. Null where there is nothing to do: it is closed, unknown, put off, too late or leased by another; safe to ask
    /// any number of times, and one statement says who won.
    /// </summary>
    ValueTask<ClaimedMessage?> ClaimOneAsync(string id, string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Marks up to <paramref name="limit"/> messages that are due, oldest first, as given to the queue, and answers their ids. Anybody may claim such a one by its
    /// id; one that nobody has claimed when the lease ends is due again. Messages whose time is over are closed; those of <paramref name="except"/> are left alone.
    /// </summary>
    ValueTask<IReadOnlyList<string>> QueueAsync(int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct);

    /// <summary>What was given to the queue and not claimed is due at once: the queue is gone, or came back and may have forgotten it. Answers how many.</summary>
    ValueTask<int> ReleaseQueuedAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>The message was accepted. False if the lease was lost meanwhile.</summary>
    ValueTask<bool> CompleteAsync(string id, string owner, DateTimeOffset now, CancellationToken ct);

    /// <summary>The message was not accepted; it is due again at <paramref name="nextAttemptAt"/>, or dead where that is null.</summary>
    ValueTask<bool> FailAsync(string id, string owner, DateTimeOffset? nextAttemptAt, string reason, CancellationToken ct);

    /// <summary>How many wait, and since when the oldest does.</summary>
    ValueTask<OutboxState> StateAsync(CancellationToken ct);
}

/// <summary>A leased message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Attempts">How often it was tried before.</param>
/// <param name="LostLeases">How often in a row whoever held it was gone before it wrote down a result.</param>
public sealed record ClaimedMessage(OutboxMessage Message, int Attempts, int LostLeases = 0);

/// <summary>Counts of the outbox.</summary>
public sealed record OutboxState(long Waiting, long Dead, DateTimeOffset? OldestWaiting);

/// <summary>A message that the development mailbox received.</summary>
/// <param name="Id">The outbox id; the same message arrives once.</param>
/// <param name="Channel">Mail or SMS.</param>
/// <param name="To">Address or number.</param>
/// <param name="Subject">Empty for an SMS.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">HTML; null for an SMS.</param>
/// <param name="Code">The code it carries, or null.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record MailboxMessage(
    string Id, MessageChannel Channel, string To, string Subject, string Text, string? Html, string? Code, DateTimeOffset SentAt);

/// <summary>Messages that the development mailbox received.</summary>
public interface IMailboxStore
{
    /// <summary>Adds a message; false if it is already there.</summary>
    ValueTask<bool> AddAsync(MailboxMessage message, CancellationToken ct);

    /// <summary>The newest <paramref name="limit"/> messages (1–1,000), oldest of them first; to one address if given.</summary>
    ValueTask<IReadOnlyList<MailboxMessage>> ListAsync(string? to, int limit, CancellationToken ct);

    /// <summary>The message, or null.</summary>
    ValueTask<MailboxMessage?> FindAsync(string id, CancellationToken ct);
}

/// <summary>What happened to accounts, and what everybody may read.</summary>
public interface IEventStore
{
    /// <summary>Adds an event.</summary>
    ValueTask AddAsync(UserEvent userEvent, CancellationToken ct);

    /// <summary>A user's newest events, newest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<IReadOnlyList<UserEvent>> ListAsync(PoolId pool, Sub sub, int limit, CancellationToken ct);

    /// <summary>A user's events before a time, newest first. <paramref name="limit"/> 1–10,000.</summary>
    ValueTask<IReadOnlyList<UserEvent>> ListBeforeAsync(PoolId pool, Sub sub, DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>Whether a user was made by a client's sign-up, and not by an administrator.</summary>
    ValueTask<bool> HasSignedUpByClientAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Adds an announcement to the public feed; false if it is already there.</summary>
    ValueTask<bool> AnnounceAsync(Announcement announcement, CancellationToken ct);

    /// <summary>The newest announcements, newest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<IReadOnlyList<Announcement>> ListAnnouncementsAsync(int limit, CancellationToken ct);
}

/// <summary>Single values of the installation, such as the offset of the development clock.</summary>
public interface ISettingStore
{
    /// <summary>The value, or null.</summary>
    ValueTask<string?> FindAsync(string key, CancellationToken ct);

    /// <summary>Stores the value unless there is one; false where there is.</summary>
    ValueTask<bool> AddAsync(string key, string value, CancellationToken ct);

    /// <summary>Stores the value.</summary>
    ValueTask PutAsync(string key, string value, CancellationToken ct);
}

/// <summary>Work on the whole database; development mode and upkeep.</summary>
public interface IDatabaseMaintenance
{
    /// <summary>Brings the schema up to date; one node at a time.</summary>
    Task MigrateAsync(CancellationToken ct);

    /// <summary>Whether the database answers.</summary>
    Task<bool> IsReachableAsync(CancellationToken ct);

    /// <summary>Rows of one table that <see cref="RemoveExpiredAsync"/> removes at most.</summary>
    public const int MostExpired = 1000;

    /// <summary>Removes rows whose time is over, a bounded number per call; answers how many. From <see cref="MostExpired"/> on more may wait.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Has the database look again at how many users there are. PostgreSQL keeps the plans that it made for a table when that was empty until
    /// somebody does; SQLite needs nothing.
    /// </summary>
    Task RefreshStatisticsAsync(CancellationToken ct);

    /// <summary>Empties every table.</summary>
    Task ResetAsync(CancellationToken ct);

    /// <summary>Writes everything as one JSON document that either database can restore.</summary>
    Task WriteSnapshotAsync(Stream destination, CancellationToken ct);

    /// <summary>Replaces everything by a snapshot, in one transaction; false, and nothing changed, if it isn't one.</summary>
    Task<bool> RestoreSnapshotAsync(Stream source, CancellationToken ct);
}
