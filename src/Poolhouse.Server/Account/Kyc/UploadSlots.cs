using System.Collections.Concurrent;
using Poolhouse.Core.Accounts;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>
/// How many uploads this node takes at once. Each may hold the file twice in memory, 20 MiB, for as long as its sender takes; one account can't have them all.
/// </summary>
internal sealed class UploadSlots
{
    private const int Most = 32;
    private const int MostPerAccount = 4;

    private readonly ConcurrentDictionary<AccountId, int> _byAccount = new();
    private int _count;

    /// <summary>A place until it is disposed of; null when there is none.</summary>
    public IDisposable? Take(AccountId account)
    {
        var own = _byAccount.AddOrUpdate(account, 1, static (_, count) => count + 1);
        if (own <= MostPerAccount && Interlocked.Increment(ref _count) <= Most) return new Slot(this, account);
        if (own <= MostPerAccount) Interlocked.Decrement(ref _count);
        Leave(account);
        return null;
    }

    private void Leave(AccountId account)
    {
        var left = _byAccount.AddOrUpdate(account, 0, static (_, count) => count - 1);
        if (left == 0) _byAccount.TryRemove(KeyValuePair.Create(account, 0));
    }

    private sealed class Slot(UploadSlots slots, AccountId account) : IDisposable
    {
        private bool _isHeld = true;

        public void Dispose()
        {
            if (!_isHeld) return;
            _isHeld = false;
            Interlocked.Decrement(ref slots._count);
            slots.Leave(account);
        }
    }
}
