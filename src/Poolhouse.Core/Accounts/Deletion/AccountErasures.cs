using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Deletion;

/// <summary>
/// A slice's part in the end of an account: what it keeps of it and nothing refers to, or what has to stay without the person. Registered as a list.
/// What refers to the account's row goes with that.
/// </summary>
public interface IAccountErasure
{
    /// <summary>
    /// Removes it, in the one transaction that removes the user. For what lies outside the database it leaves a row by which that is removed
    /// afterwards, as identity documents do. What it throws undoes all of the deletion; it may run again.
    /// </summary>
    ValueTask EraseAsync(IUnitOfWork unit, Account account, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The one way a user goes, whoever asks for it: with all accounts, sessions and tokens, and all that belongs to them.</summary>
public sealed class AccountErasures(IEnumerable<IAccountErasure> parts)
{
    /// <summary>Removes a user and all that belongs to it within a transaction; false if there is none.</summary>
    public async ValueTask<bool> EraseAsync(IUnitOfWork unit, PoolId pool, Sub sub, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var account in await unit.Accounts.ListOfUserAsync(pool, sub, ct))
            foreach (var part in parts) await part.EraseAsync(unit, account, now, ct);
        await unit.Accounts.DeleteOfUserAsync(pool, sub, ct);
        // Token families refer to the user and sessions to these: they go along.
        return await unit.Users.DeleteAsync(pool, sub, ct);
    }
}

/// <summary>The audit log keeps what happened, not to whom.</summary>
public sealed class AuditErasure : IAccountErasure
{
    /// <inheritdoc/>
    public ValueTask EraseAsync(IUnitOfWork unit, Account account, DateTimeOffset now, CancellationToken ct) => unit.Audit.AnonymizeAsync(account.Id, ct);
}
