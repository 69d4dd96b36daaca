using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>What became of an account that was to be stored.</summary>
public enum SaveAccountOutcome
{
    /// <summary>It is stored.</summary>
    Saved,

    /// <summary>The user has one in this application already.</summary>
    Exists,

    /// <summary>Another account of the application has the username.</summary>
    UsernameTaken,
}

/// <summary>Accounts.</summary>
public interface IAccountStore
{
    /// <summary>By its id.</summary>
    ValueTask<Account?> FindAsync(AccountId id, CancellationToken ct);

    /// <summary>By its user.</summary>
    ValueTask<Account?> FindByUserAsync(string application, PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>By its e-mail address, in lower case.</summary>
    ValueTask<Account?> FindByEmailAsync(string application, string email, CancellationToken ct);

    /// <summary>By its username's key.</summary>
    ValueTask<Account?> FindByUsernameAsync(string application, string key, CancellationToken ct);

    /// <summary>Stores a new one. Its e-mail is taken from whoever had it: the pool says whose it is.</summary>
    ValueTask<SaveAccountOutcome> CreateAsync(Account account, CancellationToken ct);

    /// <summary>Changes what was seen of its user: e-mail, pool's username, locale, confirmation. The e-mail is taken from whoever had it.</summary>
    ValueTask UpdateAsync(Account account, CancellationToken ct);

    /// <summary>Gives it another username, or none; false where another account has it.</summary>
    ValueTask<bool> RenameAsync(AccountId id, AccountUsername? username, CancellationToken ct);

    /// <summary>Accounts of a user in all applications; as many as applications share the pool.</summary>
    ValueTask<IReadOnlyList<Account>> ListOfUserAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Removes a user's accounts in all applications, with what refers to them.</summary>
    ValueTask DeleteOfUserAsync(PoolId pool, Sub sub, CancellationToken ct);
}

/// <summary>The audit log.</summary>
public interface IAuditStore
{
    /// <summary>Writes an entry.</summary>
    ValueTask AddAsync(AuditEntry entry, CancellationToken ct);

    /// <summary>Entries of an account, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Where the page starts: <see cref="Page{T}.Next"/> of the one before; null for the first.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<Page<AuditEntry>> ListAsync(AccountId account, int limit, string? before, CancellationToken ct);

    /// <summary>Entries of an account before a time, newest first. <paramref name="limit"/> 1–10,000.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> ListBeforeAsync(AccountId account, DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>Takes the account, its address and device out of its entries: what happened stays, to whom is gone.</summary>
    ValueTask AnonymizeAsync(AccountId account, CancellationToken ct);
}
