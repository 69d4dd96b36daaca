using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Referrals;

/// <summary>Gives each account its own code.</summary>
public sealed class ReferralCodes(IDatabase database, IRandom random)
{
    // Each attempt meets a code that exists once in a hundred thousand at most, however large the application.
    private const int MostAttempts = 10;

    /// <summary>The account's own code with what it brought; made now if it has none yet. For <c>GET me</c> and its like.</summary>
    public async ValueTask<OwnReferralCode> OfAsync(Account account, CancellationToken ct) =>
        await database.ReadAsync(stores => stores.Referrals.FindCodeAsync(account.Id, ct), ct)
        ?? await database.WriteAsync(unit => OfAsync(unit, account, ct), ct);

    /// <summary>The same in a running transaction.</summary>
    public async ValueTask<OwnReferralCode> OfAsync(IUnitOfWork unit, Account account, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await unit.Referrals.FindCodeAsync(account.Id, ct) is { } own) return own;
            await unit.Referrals.AddCodeAsync(account.Application, account.Id, ReferralCode.New(random), ct);
        }

        throw new InvalidOperationException("No free referral code was found.");
    }
}
