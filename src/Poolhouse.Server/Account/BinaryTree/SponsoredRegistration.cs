using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;

namespace Poolhouse.Server.Account.BinaryTree;

/// <summary><c>sponsor_code</c> and <c>referral_code</c> of who registers: checked before anything is made, remembered with the account.</summary>
internal sealed class SponsoredRegistration(IDatabase database) : IRegistrationPart
{
    public async ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct)
    {
        var (application, body) = (newcomer.Application, newcomer.Body);
        if (application.SponsorCode == FieldUse.None) errors.Absent("sponsor_code", body.SponsorCode);
        var found = await database.ReadAsync(stores => FindAsync(stores, newcomer, ct), ct);
        if (body.ReferralCode is not null && found.Referrer is null) errors.Add("referral_code", "UNKNOWN");

        // What is wrong with fields is told first, all at once.
        if (errors.Any) return;
        if (application.SponsorCode == FieldUse.Required && string.IsNullOrEmpty(body.SponsorCode)) throw Problems.Of("SPONSOR_CODE_REQUIRED");
        if (body.SponsorCode is not null && found.Sponsor is null) throw Problems.Of("SPONSOR_CODE_UNKNOWN");
    }

    public async ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Core.Accounts.Account account, CancellationToken ct)
    {
        var found = await FindAsync(unit, newcomer, ct);

        // They may have gone since they were looked up.
        if (newcomer.Body.SponsorCode is not null && found.Sponsor is null) throw Problems.Of("SPONSOR_CODE_UNKNOWN");
        if (found.Sponsor is not null || found.Referrer is not null) await unit.Referrals.IntroduceAsync(account.Id, found, ct);
    }

    private static async ValueTask<Introduction> FindAsync(IStores stores, Newcomer newcomer, CancellationToken ct) => new(
        await OwnerAsync(stores, newcomer, newcomer.Body.SponsorCode, ct), await OwnerAsync(stores, newcomer, newcomer.Body.ReferralCode, ct));

    private static async ValueTask<AccountId?> OwnerAsync(IStores stores, Newcomer newcomer, string? text, CancellationToken ct) =>
        ReferralCode.TryRead(text) is { } code ? await stores.Referrals.FindOwnerAsync(newcomer.Application.Name, code, ct) : null;
}
