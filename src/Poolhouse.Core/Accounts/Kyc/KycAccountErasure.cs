using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>An account's end takes its documents along: their keys in its transaction, their objects soon after it.</summary>
public sealed class KycAccountErasure : IAccountErasure
{
    /// <inheritdoc/>
    public async ValueTask EraseAsync(IUnitOfWork unit, Account account, DateTimeOffset now, CancellationToken ct) =>
        await KycErasure.EraseAllAsync(unit, account.Id, now, ct);
}
