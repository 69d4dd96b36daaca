using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Referrals;

/// <summary>Codes by which accounts invite, and who brought whom.</summary>
internal sealed class ReferralStore(DatabaseSession session) : IReferralStore
{
    public ValueTask<OwnReferralCode?> FindCodeAsync(AccountId account, CancellationToken ct) => session
        .Statement("select code, credits from referral_codes where account_id = @account_id")
        .Text("account_id", account.Value)
        .FindAsync(static row => new OwnReferralCode(ReferralCode.TryRead(row.GetString(0))!.Value, row.GetInt64(1)), ct);

    public ValueTask<bool> AddCodeAsync(string application, AccountId account, ReferralCode code, CancellationToken ct) => session
        .Statement(
            """
            insert into referral_codes (account_id, application, code, credits)
            values (@account_id, @application, @code, 0)
            on conflict do nothing
            returning code
            """)
        .Text("account_id", account.Value)
        .Text("application", application)
        .Text("code", code.Value)
        .AnyAsync(ct);

    public ValueTask<AccountId?> FindOwnerAsync(string application, ReferralCode code, CancellationToken ct) => session
        .Statement("select account_id from referral_codes where application = @application and code = @code")
        .Text("application", application)
        .Text("code", code.Value)
        .FindAsync(static row => (AccountId?)new AccountId(row.GetString(0)), ct);

    public async ValueTask IntroduceAsync(AccountId account, Introduction introduction, CancellationToken ct) => await session
        .Statement(
            """
            insert into introductions (account_id, sponsor_id, referrer_id)
            values (@account_id, @sponsor_id, @referrer_id)
            on conflict do nothing
            """)
        .Text("account_id", account.Value)
        .Text("sponsor_id", introduction.Sponsor?.Value)
        .Text("referrer_id", introduction.Referrer?.Value)
        .ExecuteAsync(ct);

    public ValueTask<Introduction?> FindIntroductionAsync(AccountId account, CancellationToken ct) => session
        .Statement("select sponsor_id, referrer_id from introductions where account_id = @account_id")
        .Text("account_id", account.Value)
        .FindAsync(
            static row => new Introduction(
                row.TextOrNull(0) is { } sponsor ? new AccountId(sponsor) : null, row.TextOrNull(1) is { } referrer ? new AccountId(referrer) : null),
            ct);

    public async ValueTask<bool> CreditAsync(AccountId account, Introduction introduction, DateTimeOffset now, CancellationToken ct)
    {
        var isFirst = await session
            .Statement("update introductions set credited_at = @now where account_id = @account_id and credited_at is null returning account_id")
            .Time("now", now)
            .Text("account_id", account.Value)
            .AnyAsync(ct);
        if (!isFirst) return false;

        // One after the other in the order of their ids: two transactions that credit the same two people don't wait for each other.
        var people = new[] { introduction.Sponsor?.Value, introduction.Referrer?.Value }.OfType<string>().Distinct().Order(StringComparer.Ordinal);
        foreach (var person in people)
        {
            await session
                .Statement("update referral_codes set credits = credits + 1 where account_id = @account_id")
                .Text("account_id", person)
                .ExecuteAsync(ct);
        }

        return true;
    }
}
