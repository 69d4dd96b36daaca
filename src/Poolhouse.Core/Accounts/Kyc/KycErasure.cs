using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>
/// Removes what must not be kept. First the key goes, with its row, which makes the file unreadable at once wherever copies of it are; then the
/// object, as soon as the store answers.
/// </summary>
public sealed class KycErasure(IDatabase database, IObjectStore objects, KycLimits limits)
{
    private const int AtOnce = 100;

    // A store that is away is asked again this often.
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Within a transaction that deletes an account: removes every document of it, with their keys. The objects follow by
    /// <see cref="RunAsync"/>. (Accounts that go another way lose theirs within a minute: their documents then belong to nobody.)
    /// </summary>
    public static ValueTask<int> EraseAllAsync(IUnitOfWork unit, AccountId account, DateTimeOffset now, CancellationToken ct) => unit.Kyc.DeleteAllAsync(account, now, ct);

    /// <summary>Upkeep: documents of nobody, content whose time is over, and objects that no document has. Answers how many objects went.</summary>
    /// <exception cref="ObjectStoreException">The object store is away; what it didn't remove is tried again.</exception>
    public async ValueTask<int> RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        while (await database.WriteAsync(unit => unit.Kyc.DeleteAbandonedAsync(AtOnce, now, ct), ct) == AtOnce)
        {
        }

        if (limits.Retention is { } retention)
        {
            while (await database.WriteAsync(unit => unit.Kyc.EraseDecidedAsync(now - retention, AtOnce, now, ct), ct) == AtOnce)
            {
            }
        }

        var count = 0;
        IReadOnlyList<string> names;
        do
        {
            names = await database.WriteAsync(unit => unit.Kyc.TakeLeftoversAsync(AtOnce, now + Retry, now, ct), ct);
            foreach (var name in names)
            {
                await objects.DeleteAsync(name, ct);
                await database.WriteAsync(unit => unit.Kyc.DeleteLeftoverAsync(name, ct), ct);
                count++;
            }
        }
        while (names.Count == AtOnce);
        return count;
    }
}
