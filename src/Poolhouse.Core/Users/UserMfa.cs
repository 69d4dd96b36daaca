namespace Poolhouse.Core.Users;

/// <summary>What a user signs in with beside the password. API_SetUserMFAPreference.</summary>
public sealed record UserMfa
{
    /// <summary>Factors that are asked for, by the names in <see cref="MfaFactors"/>; in the order of that list.</summary>
    public IReadOnlyList<string> Enabled { get; init; } = [];

    /// <summary>Asked for first where several are enabled; null leaves the choice to the person.</summary>
    public string? Preferred { get; init; }

    /// <summary>Whether a code of an authenticator app was verified.</summary>
    public bool HasSoftwareToken { get; init; }

    /// <summary>The name the person gave the authenticator app; null when none.</summary>
    public string? SoftwareTokenName { get; init; }

    /// <summary>Whether a passkey with user verification stands for both factors. API_WebAuthnMfaSettingsType; never without another factor.</summary>
    public bool IsPasskeyEnough { get; init; }

    /// <summary>Whether the factor is asked for.</summary>
    public bool IsEnabled(string factor) => Enabled.Contains(factor);

    /// <summary>The same with a factor asked for.</summary>
    public UserMfa With(string factor) => this with { Enabled = [.. MfaFactors.All.Where(f => f == factor || IsEnabled(f))] };

    /// <summary>The same with a factor not asked for, nor preferred. With the last goes the wish that a passkey be enough.</summary>
    public UserMfa Without(string factor)
    {
        IReadOnlyList<string> left = [.. Enabled.Where(f => f != factor)];
        return this with { Enabled = left, Preferred = Preferred == factor ? null : Preferred, IsPasskeyEnough = IsPasskeyEnough && left.Count > 0 };
    }
}

/// <summary>Second factors, by the names that API_GetUser.UserMFASettingList and the challenges have for them.</summary>
public static class MfaFactors
{
    /// <summary>A code by text message.</summary>
    public const string Sms = "SMS_MFA";

    /// <summary>A code of an authenticator app.</summary>
    public const string SoftwareToken = "SOFTWARE_TOKEN_MFA";

    /// <summary>A code by mail.</summary>
    public const string Email = "EMAIL_OTP";

    /// <summary>
    /// A passkey that stands for both factors (observed: lists show it by this name). It is never asked for after a password, so it
    /// is not one of <see cref="All"/>.
    /// </summary>
    public const string Passkey = "WEB_AUTHN_MFA";

    /// <summary>All that are asked for, in the order in which lists show them.</summary>
    public static IReadOnlyList<string> All { get; } = [Sms, SoftwareToken, Email];

    /// <summary>The attribute that a factor's codes go to; null where none are sent.</summary>
    public static string? AttributeOf(string factor) => factor switch
    {
        Sms => "phone_number",
        Email => "email",
        _ => null,
    };
}
