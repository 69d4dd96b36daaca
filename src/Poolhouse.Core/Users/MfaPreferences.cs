using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>What a request says of one factor; null leaves it as it is.</summary>
public sealed record MfaWish(string Factor, bool? IsEnabled, bool? IsPreferred);

/// <summary>Which second factors a user is asked for: SetUserMFAPreference, SetUserSettings and administrators' forms of both.</summary>
public sealed class MfaPreferences(UserChanges changes)
{
    /// <summary>Carries out all wishes or none; factors that no wish names stay as they are.</summary>
    public async ValueTask<Outcome<User>> SetAsync(UserPool pool, User user, IReadOnlyList<MfaWish> wishes, DateTimeOffset now, CancellationToken ct)
    {
        if (wishes.Count(w => w is { IsPreferred: true, IsEnabled: not false }) > 1) return new Refusal.MfaPreference(MfaProblem.TwoPreferred, "");
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                foreach (var wish in wishes)
                    if (IsOn(fresh.Mfa, wish) && await WhyNotAsync(unit, pool, fresh, wish.Factor, ct) is { } problem) return new Refusal.MfaPreference(problem, wish.Factor);
                var mfa = wishes.Aggregate(fresh.Mfa, Follow);
                // API_WebAuthnMfaSettingsType: another method must be there, so that nobody is locked out.
                return mfa is { IsPasskeyEnough: true, Enabled.Count: 0 } ? new Refusal.MfaPreference(MfaProblem.PasskeyAlone, MfaFactors.Passkey) : fresh with { Mfa = mfa };
            },
            now,
            takesAliases: false,
            ct);
    }

    /// <summary>The old setting, which knows SMS only; nothing else is touched. API_SetUserSettings.</summary>
    public ValueTask<Outcome<User>> SetSmsAsync(UserPool pool, User user, bool isEnabled, DateTimeOffset now, CancellationToken ct) =>
        SetAsync(pool, user, [new MfaWish(MfaFactors.Sms, isEnabled, null)], now, ct);

    /// <summary>Why a factor can't be asked for, or null.</summary>
    private static async ValueTask<MfaProblem?> WhyNotAsync(IStores stores, UserPool pool, User user, string factor, CancellationToken ct)
    {
        if (MfaFactors.AttributeOf(factor) is { } attribute)
        {
            // A code must reach the person: an address that nobody proved could be anybody's.
            return MfaRules.Allows(pool.Settings.Mfa, factor) && user[attribute] is { Length: > 0 } && user.HasVerified(attribute)
                ? null
                : MfaProblem.NoDelivery;
        }

        if (factor == MfaFactors.Passkey)
        {
            if (PasskeyRules.WhyNot(pool) is not null || pool.Settings.Passkeys is not { IsMultiFactor: true }) return MfaProblem.PasskeyNotAllowed;
            return (await stores.Passkeys.ListAsync(pool.Id, user.Sub, ct)).Count > 0 ? null : MfaProblem.NoPasskey;
        }

        if (user.Mfa.HasSoftwareToken) return null;
        return await stores.SoftwareTokens.FindAsync(pool.Id, user.Sub, ct) is { PendingSecret: not null } ? MfaProblem.NotVerified : MfaProblem.NotSetUp;
    }

    private static bool IsOn(UserMfa mfa, MfaWish wish) => wish.IsEnabled == true || (wish is { IsEnabled: null, IsPreferred: true } && !mfa.IsEnabled(wish.Factor));

    // Preferring a factor asks for it too; refusing it ends its preference.
    private static UserMfa Follow(UserMfa mfa, MfaWish wish)
    {
        if (wish.Factor == MfaFactors.Passkey) return mfa with { IsPasskeyEnough = wish.IsEnabled ?? mfa.IsPasskeyEnough };
        if (wish.IsEnabled == false) return mfa.Without(wish.Factor);
        if (wish.IsEnabled == true || wish.IsPreferred == true) mfa = mfa.With(wish.Factor);
        return wish.IsPreferred switch
        {
            true => mfa with { Preferred = wish.Factor },
            false when mfa.Preferred == wish.Factor => mfa with { Preferred = null },
            _ => mfa,
        };
    }
}

/// <summary>Why a preference is refused.</summary>
public enum MfaProblem
{
    /// <summary>More than one factor is to be preferred.</summary>
    TwoPreferred,

    /// <summary>There is no verified address, or the pool does not send codes that way.</summary>
    NoDelivery,

    /// <summary>No authenticator app was ever set up.</summary>
    NotSetUp,

    /// <summary>An authenticator app waits for its first code.</summary>
    NotVerified,

    /// <summary>The pool does not take a passkey for two factors.</summary>
    PasskeyNotAllowed,

    /// <summary>The user has no passkey.</summary>
    NoPasskey,

    /// <summary>A passkey is to be enough, and the user has no other method.</summary>
    PasskeyAlone,
}
