using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>Sign-ins at pools of Amazon's.</summary>
public interface IRemoteSignInStore
{
    /// <summary>
    /// Stores one. Where it is stored already, its tokens are replaced unless that would lose a refresh token, and it lives as long as the longer of both.
    /// False where it was ended here, or is another account's.
    /// </summary>
    ValueTask<bool> PutAsync(RemoteSignIn signIn, CancellationToken ct);

    /// <summary>One that is stored, ended or not; null where there is none.</summary>
    ValueTask<RemoteSignIn?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Says who of many asks for new tokens: true for one while <paramref name="version"/> is the present one, until <paramref name="until"/>.
    /// </summary>
    ValueTask<bool> ClaimRefreshAsync(string id, long version, DateTimeOffset until, DateTimeOffset now, CancellationToken ct);

    /// <summary>Gives a claim back without new tokens.</summary>
    ValueTask ReleaseAsync(string id, long version, CancellationToken ct);

    /// <summary>Stores new tokens with the next version, and frees the claim; false where <see cref="RemoteSignIn.Version"/> is no longer the present one.</summary>
    ValueTask<bool> RefreshAsync(RemoteSignIn refreshed, CancellationToken ct);

    /// <summary>Ends one: no token that descends from it is accepted here any more, and the pool is to revoke it. Safe to repeat.</summary>
    ValueTask EndAsync(string id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends and removes all of a user, whose tokens the pool has revoked.</summary>
    ValueTask EndOfUserAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Removes one, with its sessions: it is over at the pool.</summary>
    ValueTask RemoveAsync(string id, CancellationToken ct);

    /// <summary>Removes one that no session goes on with; ended ones stay until the pool has heard.</summary>
    ValueTask RemoveUnusedAsync(string id, AccountId account, CancellationToken ct);

    /// <summary>Whether the pool is to be told of any.</summary>
    ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes ended ones that the pool is to be told of; they are due again at <paramref name="until"/>. <paramref name="limit"/> 1–100.</summary>
    ValueTask<IReadOnlyList<RemoteSignIn>> ClaimEndedAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct);

    /// <summary>When the pool is told again.</summary>
    ValueTask DeferAsync(string id, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Whether any of these was last asked about before <paramref name="staleBefore"/>.</summary>
    ValueTask<bool> IsAnyStaleAsync(IReadOnlyCollection<string> ids, DateTimeOffset staleBefore, CancellationToken ct);

    /// <summary>Takes those of these that were last asked about before <paramref name="staleBefore"/>, the stalest first; nobody else gets them. <paramref name="limit"/> 1–100.</summary>
    ValueTask<IReadOnlyList<RemoteSignIn>> ClaimChecksAsync(
        IReadOnlyCollection<string> ids, DateTimeOffset staleBefore, int limit, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Removals of users that were begun at pools of Amazon's.</summary>
public interface IRemoteDeletionStore
{
    /// <summary>Notes one; it is looked after at <paramref name="dueAt"/>. One that is noted already is noted anew.</summary>
    ValueTask AddAsync(RemoteDeletion deletion, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Whether one is noted.</summary>
    ValueTask<bool> IsNotedAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Whether any is to be looked after.</summary>
    ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes those that are to be looked after; they are due again at <paramref name="until"/>. <paramref name="limit"/> 1–100.</summary>
    ValueTask<IReadOnlyList<RemoteDeletion>> ClaimAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes the note.</summary>
    ValueTask RemoveAsync(PoolId pool, Sub sub, CancellationToken ct);
}
