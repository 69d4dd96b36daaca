using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Remote;

/// <summary>That the removal of a pool's user was begun at a pool of Amazon's, noted before the pool is told.</summary>
/// <param name="Application">Whose account API was asked.</param>
/// <param name="PoolId">The pool.</param>
/// <param name="Sub">The user.</param>
/// <param name="PoolUsername">The user's name there.</param>
/// <param name="Attempts">How often somebody looked what became of it.</param>
public sealed record RemoteDeletion(string Application, PoolId PoolId, Sub Sub, string PoolUsername, long Attempts = 0);
