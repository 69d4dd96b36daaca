using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>The end of an account takes its documents along: their keys at once, the files behind them.</summary>
public sealed class KycAccountErasure : IAccountErasure
{
    /// <inheritdoc/>
    public async ValueTask EraseAsync(IUnitOfWork unit, Account account, DateTimeOffset now, CancellationToken ct) =>
        await KycErasure.EraseAllAsync(unit, account.Id, now, ct);
}
