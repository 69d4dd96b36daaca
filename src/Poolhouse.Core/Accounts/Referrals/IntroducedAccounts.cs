using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Referrals;

/// <summary>What a confirmed account gets: its own code, credit for who brought it, and its place where the application has a tree.</summary>
public sealed class IntroducedAccounts(ReferralCodes codes, IRandom random) : IConfirmedAccountPart
{
    /// <inheritdoc/>
    public async ValueTask ConfirmAsync(IUnitOfWork unit, Application application, Account account, DateTimeOffset now, CancellationToken ct)
    {
        await codes.OfAsync(unit, account, ct);
        await PlaceAsync(unit, application, account, now, ct);
    }

    /// <summary>Credits and places the account, once each; safe to repeat. For accounts that were confirmed before their application had a tree.</summary>
    public async ValueTask PlaceAsync(IUnitOfWork unit, Application application, Account account, DateTimeOffset now, CancellationToken ct)
    {
        var introduction = await unit.Referrals.FindIntroductionAsync(account.Id, ct);
        if (introduction is not null && await unit.Referrals.CreditAsync(account.Id, introduction, now, ct))
            await unit.Audit.AddAsync(Entry(account, "referral.credited", now), ct);
        if (!application.HasTree) return;
        var place = await TreePlacement.PlaceAsync(unit.BinaryTrees, application.Name, account.Id, introduction?.Sponsor, now, ct);
        if (place.IsNew) await unit.Audit.AddAsync(Entry(account, "tree.placed", now), ct);
    }

    private AuditEntry Entry(Account account, string kind, DateTimeOffset now) =>
        new() { Id = random.UuidText(), At = now, Application = account.Application, Kind = kind, Account = account.Id };
}
