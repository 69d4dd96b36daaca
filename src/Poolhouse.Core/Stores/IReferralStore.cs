using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Referrals;

namespace Poolhouse.Core.Stores;

/// <summary>Codes by which accounts invite, and who brought whom.</summary>
public interface IReferralStore
{
    /// <summary>An account's own code; null where it has none yet.</summary>
    ValueTask<OwnReferralCode?> FindCodeAsync(AccountId account, CancellationToken ct);

    /// <summary>Gives the account a code; false, and nothing changed, where it has one or another account of the application has this one.</summary>
    ValueTask<bool> AddCodeAsync(string application, AccountId account, ReferralCode code, CancellationToken ct);

    /// <summary>Whose a code is; null where it is nobody's.</summary>
    ValueTask<AccountId?> FindOwnerAsync(string application, ReferralCode code, CancellationToken ct);

    /// <summary>Remembers who brought an account that has just been made.</summary>
    ValueTask IntroduceAsync(AccountId account, Introduction introduction, CancellationToken ct);

    /// <summary>Who brought an account; null where nobody did.</summary>
    ValueTask<Introduction?> FindIntroductionAsync(AccountId account, CancellationToken ct);

    /// <summary>Credits who brought the account, each person once; false where that was done before.</summary>
    ValueTask<bool> CreditAsync(AccountId account, Introduction introduction, DateTimeOffset now, CancellationToken ct);
}
