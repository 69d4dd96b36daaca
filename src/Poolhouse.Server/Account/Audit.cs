using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account;

/// <summary>Notes what happened. Where it belongs to a change, the entry is written in the change's own transaction.</summary>
internal sealed class Audit(IDatabase database, IRandom random)
{
    /// <summary>An entry for a transaction of the caller's: to the caller's own account unless another is named.</summary>
    public AuditEntry Entry(AccountCall call, string kind, string? subject = null, AccountId? account = null) => AuditEntry.Of(
        random.UuidText(), call.Now, call.Application.Name, kind, account ?? call.MaybeSignedIn?.Account.Id, call.MaybeSignedIn?.Account.Id, subject, call.Origin);

    /// <summary>Writes one by itself.</summary>
    public async ValueTask RecordAsync(AccountCall call, string kind, CancellationToken ct, string? subject = null, AccountId? account = null)
    {
        var entry = Entry(call, kind, subject, account);
        await database.WriteAsync(
            async unit =>
            {
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
    }
}
