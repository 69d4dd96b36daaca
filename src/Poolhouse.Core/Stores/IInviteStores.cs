using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;

namespace Poolhouse.Core.Stores;

/// <summary>Invitations.</summary>
public interface IInviteStore
{
    /// <summary>Stores a new one.</summary>
    ValueTask AddAsync(Invite invite, CancellationToken ct);

    /// <summary>By its id.</summary>
    ValueTask<Invite?> FindAsync(string id, CancellationToken ct);

    /// <summary>By the hash of its token.</summary>
    ValueTask<Invite?> FindByTokenAsync(byte[] tokenHash, CancellationToken ct);

    /// <summary>The newest invitation to make an account that waits for an address; null where none does.</summary>
    /// <param name="application">Of which application.</param>
    /// <param name="email">As <see cref="EmailAddress.Normalize"/> writes it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<Invite?> FindPendingAsync(string application, string email, DateTimeOffset now, CancellationToken ct);

    /// <summary>Invitations that somebody made, newest first.</summary>
    /// <param name="application">Of which application.</param>
    /// <param name="inviter">Whose; null for everybody's.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Where the page starts: <see cref="Page{T}.Next"/> of the one before; null for the first.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<Page<Invite>> ListAsync(string application, AccountId? inviter, int limit, string? before, CancellationToken ct);

    /// <summary>Spends a pending invitation for an account; true for the one who did. A confirmation is spent for its own account only.</summary>
    /// <param name="invite">What was found by its token; a token that has been replaced since spends nothing.</param>
    /// <param name="account">Who uses it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<bool> ClaimAsync(Invite invite, AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Gives it another token, time and one more send, as long as it was neither used nor taken back, was last sent before
    /// <paramref name="sentBefore"/> and fewer than <paramref name="most"/> times; false where not.
    /// </summary>
    ValueTask<bool> RenewAsync(Invite renewed, DateTimeOffset sentBefore, int most, CancellationToken ct);

    /// <summary>Takes it back; false where it was used or taken back before.</summary>
    ValueTask<bool> WithdrawAsync(string id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes back the pending confirmations of an account: the newest link is the one that works.</summary>
    ValueTask WithdrawConfirmationsAsync(AccountId account, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Wishes for codes that a worker looks after.</summary>
public interface ICodeRequestStore
{
    /// <summary>Adds one, unless the same is waiting.</summary>
    ValueTask AddAsync(CodeRequest request, CancellationToken ct);

    /// <summary>Whether one is due. Only a look; taking one is <see cref="ClaimAsync"/>'s.</summary>
    ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Leases up to <paramref name="limit"/> that are due, oldest first, so that no other worker takes them before the lease ends, by the database's clock where nodes share one.</summary>
    ValueTask<IReadOnlyList<CodeRequest>> ClaimAsync(string owner, int limit, TimeSpan lease, DateTimeOffset now, CancellationToken ct);

    /// <summary>It is done, or not to be done. Nothing where the lease was lost.</summary>
    ValueTask RemoveAsync(string id, string owner, CancellationToken ct);

    /// <summary>It is due again later.</summary>
    ValueTask DeferAsync(string id, string owner, DateTimeOffset dueAt, CancellationToken ct);
}
