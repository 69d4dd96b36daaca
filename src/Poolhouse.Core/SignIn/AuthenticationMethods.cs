namespace Poolhouse.Core.SignIn;

/// <summary>
/// How somebody signed in, by the values of the claim <c>amr</c>, and how strong that is, by the levels of the claim <c>acr</c>. The
/// combinations are fixed (user guide, "Authentication levels with ACR and AMR claims").
/// </summary>
public static class AuthenticationMethods
{
    /// <summary>A password, sent or proved by SRP.</summary>
    public const string Password = "pwd";

    /// <summary>A code of an authenticator app.</summary>
    public const string SoftwareToken = "otp";

    /// <summary>A code by text message.</summary>
    public const string Sms = "sms";

    /// <summary>A code by mail.</summary>
    public const string Email = "email_otp";

    /// <summary>A passkey on the device itself.</summary>
    public const string PlatformKey = "swk";

    /// <summary>A passkey on a device of its own, such as a security key.</summary>
    public const string RoamingKey = "hwk";

    private const string Several = "mfa";

    private static readonly string[] All = [Password, SoftwareToken, Sms, Email, PlatformKey, RoamingKey];

    /// <summary>What the right answer to a challenge proves; null for challenges that ask, or that prove by themselves elsewhere.</summary>
    public static string? ProvedBy(ChallengeState? answered) => answered switch
    {
        { Challenge: FurtherChallenges.SoftwareTokenMfa } or { Challenge: FurtherChallenges.MfaSetup, IsSetUp: true } => SoftwareToken,
        { Challenge: FirstFactorRules.SmsOtp or Users.MfaFactors.Sms } => Sms,
        { Challenge: FirstFactorRules.EmailOtp } => Email,
        // The password was chosen in the same breath, and is not asked for again.
        { Challenge: SignUpSessions.Confirmed } => Password,
        _ => null,
    };

    /// <summary>The method behind a first or second factor's name.</summary>
    public static string Of(string factor) => factor switch
    {
        FirstFactorRules.SmsOtp or Users.MfaFactors.Sms => Sms,
        FirstFactorRules.EmailOtp => Email,
        Users.MfaFactors.SoftwareToken => SoftwareToken,
        Passkeys.PasskeyRules.WebAuthn => PlatformKey,
        _ => Password,
    };

    /// <summary>The claim: in a fixed order, with <c>mfa</c> where two factors or more were proved.</summary>
    public static IReadOnlyList<string> Claim(IReadOnlyCollection<string> proved)
    {
        var known = All.Where(proved.Contains).ToArray();
        return known.Length > 1 ? [.. known, Several] : known;
    }

    /// <summary>What was proved, of a claim.</summary>
    public static IReadOnlyList<string> OfClaim(IReadOnlyCollection<string> claim) => [.. All.Where(claim.Contains)];

    /// <summary>The highest level that the methods reach together; 0 for none.</summary>
    public static int LevelOf(IReadOnlyCollection<string> proved)
    {
        var hasPassword = proved.Contains(Password);
        var hasCode = proved.Contains(Sms) || proved.Contains(Email);
        if (hasPassword && proved.Contains(SoftwareToken)) return 4;
        if (proved.Contains(PlatformKey) || proved.Contains(RoamingKey) || (hasPassword && hasCode)) return 3;
        return hasCode ? 2 : hasPassword ? 1 : 0;
    }
}
