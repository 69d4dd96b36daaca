using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>A pool's second factors on the wire.</summary>
internal static class MfaMapping
{
    /// <summary>API_SmsConfigurationType.</summary>
    public static SmsConfigurationType? Role(SmsRole? role) => role is null
        ? null
        : new SmsConfigurationType { SnsCallerArn = role.CallerArn, ExternalId = role.ExternalId, SnsRegion = role.Region };

    /// <summary>API_GetUserPoolMfaConfig: only the mode where it is off, and only factors that are on.</summary>
    public static GetUserPoolMfaConfigResponse Config(PoolSettings settings)
    {
        var mfa = settings.Mfa;
        return new GetUserPoolMfaConfigResponse
        {
            MfaConfiguration = mfa.Mode,
            SmsMfaConfiguration = mfa.AllowsSms
                ? new SmsMfaConfigType { SmsAuthenticationMessage = mfa.SmsText, SmsConfiguration = Role(settings.Sms) }
                : null,
            SoftwareTokenMfaConfiguration = mfa.Mode == PoolMfa.Off ? null : new SoftwareTokenMfaConfigType { Enabled = mfa.AllowsSoftwareToken },
            WebAuthnConfiguration = PasskeyReading.ToWire(settings.Passkeys),
            EmailMfaConfiguration = mfa.AllowsEmail ? new EmailMfaConfigType { Subject = mfa.MailSubject, Message = mfa.MailBody } : null,
        };
    }
}
