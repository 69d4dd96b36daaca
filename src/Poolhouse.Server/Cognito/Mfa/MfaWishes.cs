using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Preferences for second factors between Core and the wire.</summary>
internal static class MfaWishes
{
    /// <summary>What SetUserMFAPreference or AdminSetUserMFAPreference asks for.</summary>
    public static IReadOnlyList<MfaWish> Of(
        SMSMfaSettingsType? sms, SoftwareTokenMfaSettingsType? softwareToken, EmailMfaSettingsType? email, WebAuthnMfaSettingsType? passkey)
    {
        var wishes = new List<MfaWish>(4);
        if (sms is not null) wishes.Add(new MfaWish(MfaFactors.Sms, sms.Enabled, sms.PreferredMfa));
        if (softwareToken is not null) wishes.Add(new MfaWish(MfaFactors.SoftwareToken, softwareToken.Enabled, softwareToken.PreferredMfa));
        if (email is not null) wishes.Add(new MfaWish(MfaFactors.Email, email.Enabled, email.PreferredMfa));
        // Last, because it needs another factor, which the same request may turn on. It has no preference.
        if (passkey is not null) wishes.Add(new MfaWish(MfaFactors.Passkey, passkey.Enabled, null));
        return wishes;
    }

    /// <summary>Whether the old setting turns SMS on; it knows nothing else. API_SetUserSettings.</summary>
    public static bool TurnsSmsOn(IReadOnlyList<MFAOptionType>? options)
    {
        if (options is not { Count: > 0 }) return false;
        return options.All(o => o is { DeliveryMedium: "SMS", AttributeName: "phone_number" })
            ? true
            : throw CognitoException.InvalidParameter("Only SMS to phone_number can be set here; use SetUserMFAPreference for other factors.");
    }
}
