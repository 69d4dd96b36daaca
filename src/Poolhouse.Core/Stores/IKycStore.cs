using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Kyc;

namespace Poolhouse.Core.Stores;

/// <summary>
/// Identity documents. Their files are objects elsewhere, which no transaction covers, so every object has a row for as long as it may exist:
/// in the list of leftovers before it is written and after its document is gone, and in its document between. A document never points
/// at nothing, and no object is forgotten.
/// </summary>
public interface IKycStore
{
    /// <summary>Counts an upload of today if the account has that much left, in one statement; false when it hasn't.</summary>
    ValueTask<bool> UseQuotaAsync(AccountId account, long bytes, int uploadsPerDay, long bytesPerDay, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes an object that is going to be written; from <paramref name="dueAt"/> on it is removed if no document took it.</summary>
    ValueTask<bool> AddLeftoverAsync(string objectName, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Adds a document whose object was written; false, and nothing added, when upkeep already gave the object up.</summary>
    ValueTask<bool> CreateAsync(KycDocument document, CancellationToken ct);

    /// <summary>The document, or null.</summary>
    ValueTask<KycDocument?> FindAsync(string id, CancellationToken ct);

    /// <summary>Up to 1,000 documents of an account, newest first.</summary>
    ValueTask<IReadOnlyList<KycDocument>> ListAsync(AccountId account, CancellationToken ct);

    /// <summary>Documents of an application that wait, the oldest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<KycDocument>> ListPendingAsync(string application, int limit, string? after, CancellationToken ct);

    /// <summary>Decides a document that waits, in one statement; null when it no longer does.</summary>
    ValueTask<KycDocument?> ReviewAsync(string id, KycState decision, string? reason, AccountId reviewedBy, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes an account's document that waits; its object becomes a leftover. False when it is no such document.</summary>
    ValueTask<bool> DeletePendingAsync(string id, AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes every document of an account with their keys; answers how many. The objects become leftovers.</summary>
    ValueTask<int> DeleteAllAsync(AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Erases key and content of up to <paramref name="limit"/> documents decided before a time; the decisions stay. Answers how many.</summary>
    ValueTask<int> EraseDecidedAsync(DateTimeOffset before, int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes up to <paramref name="limit"/> documents whose account is gone; answers how many.</summary>
    ValueTask<int> DeleteAbandonedAsync(int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Gives up to <paramref name="limit"/> leftovers up for good and answers their names: no document can take them any more. They are due
    /// again at <paramref name="retryAt"/>, until <see cref="DeleteLeftoverAsync"/>.
    /// </summary>
    ValueTask<IReadOnlyList<string>> TakeLeftoversAsync(int limit, DateTimeOffset retryAt, DateTimeOffset now, CancellationToken ct);

    /// <summary>The object is gone.</summary>
    ValueTask<bool> DeleteLeftoverAsync(string objectName, CancellationToken ct);
}
