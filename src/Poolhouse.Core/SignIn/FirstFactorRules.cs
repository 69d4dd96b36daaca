using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.SignIn;

/// <summary>Which first factors of USER_AUTH a user can begin with.</summary>
public static class FirstFactorRules
{
    /// <summary>A code by mail.</summary>
    public const string EmailOtp = "EMAIL_OTP";

    /// <summary>A code by text message.</summary>
    public const string SmsOtp = "SMS_OTP";

    // In the order in which Cognito offers them (observed for the passwords).
    private static readonly string[] Passwords = ["PASSWORD_SRP", "PASSWORD"];

    /// <summary>The factors of a user, or of one who isn't there and must look like one who is.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Null where nobody has the name.</param>
    /// <param name="name">As typed.</param>
    /// <param name="hasPasskey">Whether the user has a passkey of the pool's relying party. Nobody who isn't there looks like having one.</param>
    public static IReadOnlyList<string> Of(UserPool pool, User? user, string name, bool hasPasskey)
    {
        if (user is null) return [.. Passwords, .. Simulated(pool, name)];
        var others = Passwordless(pool, user, hasPasskey);
        // Who has nothing else is asked for a password, and fails there.
        return user.Password is not null || others.Length == 0 ? [.. Passwords, .. others] : others;
    }

    /// <summary>The factors that the user has, as API_GetUserAuthFactors names them.</summary>
    public static IReadOnlyList<string> Configured(UserPool pool, User user, bool hasPasskey)
    {
        var others = Passwordless(pool, user, hasPasskey);
        return user.Password is null ? others : ["PASSWORD", .. others];
    }

    /// <summary>The attribute that a factor's codes go to; null for passwords.</summary>
    public static string? AttributeOf(string factor) => factor switch { EmailOtp => "email", SmsOtp => "phone_number", _ => null };

    /// <summary>
    /// Codes go to verified addresses of confirmed users. A user with a temporary password begins with that (observed), and one with
    /// a second factor with the password: a code to the same mailbox twice would be one factor (user guide, "Passwordless sign-in").
    /// </summary>
    private static string[] Codes(UserPool pool, User user)
    {
        if (!MayBeginWithout(user) || MfaRules.DemandOn(pool, user) is not MfaDemand.None) return [];
        return [.. new[] { EmailOtp, SmsOtp }.Where(f => IsAllowed(pool, f) && AttributeOf(f) is { } a && user[a] is { Length: > 0 } && user.HasVerified(a))];
    }

    private static string[] Passwordless(UserPool pool, User user, bool hasPasskey) =>
        hasPasskey && MayUsePasskey(pool, user) ? [.. Codes(pool, user), PasskeyRules.WebAuthn] : Codes(pool, user);

    // As with codes; but a passkey with user verification may stand for the second factor.
    private static bool MayUsePasskey(UserPool pool, User user) =>
        MayBeginWithout(user) && (MfaRules.DemandOn(pool, user) is MfaDemand.None || PasskeyRules.SatisfiesMfa(pool, user));

    // Without a password, that is.
    private static bool MayBeginWithout(User user) => user is { IsEnabled: true, Status: UserStatus.Confirmed or UserStatus.ResetRequired, MustReset: false };

    private static IEnumerable<string> Simulated(UserPool pool, string name)
    {
        var factor = Addresses.IsPhoneNumber(name) && IsAllowed(pool, SmsOtp) ? SmsOtp : EmailOtp;
        return IsAllowed(pool, factor) ? [factor] : [];
    }

    private static bool IsAllowed(UserPool pool, string factor) => pool.Settings.AllowedFirstAuthFactors.Contains(factor);
}
