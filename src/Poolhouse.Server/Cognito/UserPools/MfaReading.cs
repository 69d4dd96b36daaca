using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>
/// From requests to a pool's second factors. CreateUserPool and UpdateUserPool know SMS only; the other factors are
/// SetUserPoolMfaConfig's.
/// </summary>
internal static class MfaReading
{
    /// <summary>What CreateUserPool or UpdateUserPool asks for.</summary>
    public static PoolMfa Read(UpdateUserPoolRequest request)
    {
        var mode = request.MfaConfiguration ?? PoolMfa.Off;
        return new PoolMfa { Mode = mode, AllowsSms = mode != PoolMfa.Off && Role(request.SmsConfiguration) is not null, SmsText = request.SmsAuthenticationMessage };
    }

    /// <summary>
    /// What SetUserPoolMfaConfig asks for: it replaces, and a factor that it does not name is off. Passkeys are a matter of their own:
    /// unnamed they stay as they are, and a request that names nothing else leaves the second factors as they are.
    /// </summary>
    public static PoolSettings Read(PoolSettings settings, SetUserPoolMfaConfigRequest request)
    {
        if (request.WebAuthnConfiguration is { } passkeys) settings = settings with { Passkeys = PasskeyReading.Read(passkeys) };
        if (request is { WebAuthnConfiguration: not null, MfaConfiguration: null, SmsMfaConfiguration: null, SoftwareTokenMfaConfiguration: null, EmailMfaConfiguration: null })
        {
            DemandAgreement(settings);
            return settings;
        }

        var (sms, email) = (request.SmsMfaConfiguration, request.EmailMfaConfiguration);
        var mfa = new PoolMfa
        {
            Mode = request.MfaConfiguration ?? settings.Mfa.Mode,
            AllowsSms = sms is not null,
            AllowsSoftwareToken = request.SoftwareTokenMfaConfiguration?.Enabled == true,
            AllowsEmail = email is not null,
            SmsText = sms?.SmsAuthenticationMessage ?? settings.Mfa.SmsText,
            MailSubject = email?.Subject,
            MailBody = email?.Message,
        };
        if (mfa is { Mode: PoolMfa.Off, HasFactor: true })
            throw CognitoException.InvalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
        if (mfa is { Mode: not PoolMfa.Off, HasFactor: false })
            throw CognitoException.InvalidParameter("Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.");
        var changed = settings with { Mfa = mfa, Sms = Role(sms?.SmsConfiguration) ?? settings.Sms };
        Demand(changed);
        return changed;
    }

    /// <summary>What UpdateUserPool makes of a pool's settings: the factors that it does not know stay.</summary>
    public static PoolSettings Updated(PoolSettings former, PoolSettings asked)
    {
        asked = asked with { Passkeys = former.Passkeys };
        if (asked.Mfa.Mode == PoolMfa.On && former.Mfa.Mode != PoolMfa.On)
            throw CognitoException.InvalidParameter("Cannot turn MFA functionality ON, once the user pool has been created.");
        if (asked.Mfa.Mode != PoolMfa.Off && former.Mfa.HasFactor)
        {
            asked = asked with
            {
                Mfa = asked.Mfa with
                {
                    AllowsSms = former.Mfa.AllowsSms,
                    AllowsSoftwareToken = former.Mfa.AllowsSoftwareToken,
                    AllowsEmail = former.Mfa.AllowsEmail,
                    MailSubject = former.Mfa.MailSubject,
                    MailBody = former.Mfa.MailBody,
                },
            };
        }

        Demand(asked);
        return asked;
    }

    /// <summary>Refuses second factors that nobody could use, or that contradict the first ones.</summary>
    public static void Demand(PoolSettings settings)
    {
        if (settings.Mfa is { Mode: not PoolMfa.Off, HasFactor: false })
            throw CognitoException.InvalidParameter("SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
        DemandAgreement(settings);
    }

    // First factors and second ones.
    private static void DemandAgreement(PoolSettings settings)
    {
        // User guide, "Authentication flows": one-time passwords as first factors don't go with required MFA. The words are this server's own.
        if (settings.Mfa.Mode == PoolMfa.On && settings.AllowedFirstAuthFactors.Any(f => f is "EMAIL_OTP" or "SMS_OTP"))
            throw CognitoException.InvalidParameter("MFA cannot be required in a user pool that allows EMAIL_OTP or SMS_OTP as first auth factors.");
        // User guide, "Adding MFA": passkeys go with required MFA only where one stands for both factors. These words too are this server's own.
        if (settings is { Mfa.Mode: PoolMfa.On, Passkeys: not { IsMultiFactor: true } } && settings.AllowedFirstAuthFactors.Contains(PasskeyRules.WebAuthn))
            throw CognitoException.InvalidParameter("MFA cannot be required in a user pool that allows WEB_AUTHN as a first auth factor, unless FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION.");
    }

    /// <summary>A role that is given, or null.</summary>
    public static SmsRole? Role(SmsConfigurationType? sms) => sms is null || sms == new SmsConfigurationType()
        ? null
        : new SmsRole(sms.SnsCallerArn, sms.ExternalId, sms.SnsRegion);
}
