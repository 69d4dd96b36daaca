using System.Net.Mail;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>From requests to a pool's settings, with the rules that no single member shows. An omitted setting has its default.</summary>
internal static class UserPoolReading
{
    private const int MostTags = 50;

    /// <summary>The replaceable part of CreateUserPool, which is an update of a pool that has nothing but defaults.</summary>
    public static UpdateUserPoolRequest Replaceable(CreateUserPoolRequest request) => new()
    {
        PoolName = request.PoolName,
        Policies = request.Policies,
        DeletionProtection = request.DeletionProtection,
        LambdaConfig = request.LambdaConfig,
        AutoVerifiedAttributes = request.AutoVerifiedAttributes,
        SmsVerificationMessage = request.SmsVerificationMessage,
        EmailVerificationMessage = request.EmailVerificationMessage,
        EmailVerificationSubject = request.EmailVerificationSubject,
        VerificationMessageTemplate = request.VerificationMessageTemplate,
        SmsAuthenticationMessage = request.SmsAuthenticationMessage,
        UserAttributeUpdateSettings = request.UserAttributeUpdateSettings,
        MfaConfiguration = request.MfaConfiguration,
        DeviceConfiguration = request.DeviceConfiguration,
        EmailConfiguration = request.EmailConfiguration,
        SmsConfiguration = request.SmsConfiguration,
        UserPoolTags = request.UserPoolTags,
        AdminCreateUserConfig = request.AdminCreateUserConfig,
        UserPoolAddOns = request.UserPoolAddOns,
        AccountRecoverySetting = request.AccountRecoverySetting,
        UserPoolTier = request.UserPoolTier,
        KeyConfiguration = request.KeyConfiguration,
        IssuerConfiguration = request.IssuerConfiguration,
        DcrConfiguration = request.DcrConfiguration,
        AcrConfiguration = request.AcrConfiguration,
    };

    /// <summary>The settings that a request asks for.</summary>
    /// <exception cref="CognitoException">InvalidParameterException: they contradict each other, or nothing here acts on them.</exception>
    public static PoolSettings Settings(UpdateUserPoolRequest request)
    {
        // First what Cognito itself refuses, then what only this server does.
        var settings = new PoolSettings
        {
            Passwords = Passwords(request),
            AllowedFirstAuthFactors = FirstFactors(request.Policies?.SignInPolicy),
            Mfa = MfaReading.Read(request),
            Devices = Devices(request.DeviceConfiguration),
            Sms = MfaReading.Role(request.SmsConfiguration),
            HasDeletionProtection = request.DeletionProtection == "ACTIVE",
            AutoVerifiedAttributes = [.. (request.AutoVerifiedAttributes ?? []).Distinct(StringComparer.Ordinal)],
            AttributesRequiringVerificationBeforeUpdate = VerifiedBeforeUpdate(request),
            Messages = PoolMessages.Read(request),
            AdminCreateUser = new AdminCreateUserRules { IsOnlyWay = request.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false },
            AccountRecovery = Recovery(request.AccountRecoverySetting),
            Sender = Sender(request.EmailConfiguration),
            Triggers = TriggerReading.Triggers(request.LambdaConfig),
            Tier = request.UserPoolTier ?? "ESSENTIALS",
            ThreatProtection = request.UserPoolAddOns?.AdvancedSecurityMode ?? ThreatModes.Off,
            Tags = Tags(request.UserPoolTags),
            AcrNames = PasskeyReading.Levels(request.AcrConfiguration),
        };
        Unsupported.Refuse(request);
        return settings;
    }

    /// <summary>Refuses a pool in which attributes both are usernames and stand beside them.</summary>
    public static void DemandOneKindOfName(CreateUserPoolRequest request)
    {
        if (request is { AliasAttributes.Count: > 0, UsernameAttributes.Count: > 0 })
            throw CognitoException.InvalidParameter("Only one of the aliasAttributes or usernameAttributes can be set in a User pool.");
    }

    private static PasswordRules Passwords(UpdateUserPoolRequest request)
    {
        var policy = request.Policies?.PasswordPolicy;
        var unused = request.AdminCreateUserConfig?.UnusedAccountValidityDays;
        // Even with equal values, as DescribeUserPool answers them (observed; the words in aws/aws-sdk-js#3817).
        if (unused is not null && policy?.TemporaryPasswordValidityDays is not null)
        {
            throw CognitoException.InvalidParameter(
                "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
        }

        var defaults = new PasswordRules();
        return new PasswordRules
        {
            MinimumLength = policy?.MinimumLength ?? defaults.MinimumLength,
            RequireUppercase = policy?.RequireUppercase ?? defaults.RequireUppercase,
            RequireLowercase = policy?.RequireLowercase ?? defaults.RequireLowercase,
            RequireNumbers = policy?.RequireNumbers ?? defaults.RequireNumbers,
            RequireSymbols = policy?.RequireSymbols ?? defaults.RequireSymbols,
            HistorySize = policy?.PasswordHistorySize ?? defaults.HistorySize,
            // API_PasswordPolicyType: 0 is replaced by the default.
            TemporaryPasswordValidityDays = (policy?.TemporaryPasswordValidityDays ?? unused) is { } days and > 0
                ? days
                : defaults.TemporaryPasswordValidityDays,
        };
    }

    // API_DeviceConfigurationType: a value for any of the properties turns tracking on.
    private static DeviceRules? Devices(DeviceConfigurationType? configuration) =>
        configuration is { ChallengeRequiredOnNewDevice: not null } or { DeviceOnlyRememberedOnUserPrompt: not null }
            ? new DeviceRules(configuration.ChallengeRequiredOnNewDevice ?? false, configuration.DeviceOnlyRememberedOnUserPrompt ?? false)
            : null;

    private static List<string> FirstFactors(SignInPolicyType? policy)
    {
        var factors = policy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
        return factors.Contains("PASSWORD")
            ? [.. factors.Distinct(StringComparer.Ordinal)]
            : throw CognitoException.InvalidParameter("Password should be configured as one of the allowed first auth factors.");
    }

    private static List<string> VerifiedBeforeUpdate(UpdateUserPoolRequest request)
    {
        var attributes = request.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
        if (attributes.Except(request.AutoVerifiedAttributes ?? [], StringComparer.Ordinal).Any())
        {
            throw CognitoException.InvalidParameter(
                "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes");
        }

        return [.. attributes.Distinct(StringComparer.Ordinal)];
    }

    // An empty setting asks for the legacy order; an omitted one for the default (observed, hashicorp/terraform-provider-aws#26223).
    private static List<RecoveryMechanism>? Recovery(AccountRecoverySettingType? setting)
    {
        if (setting is null) return [.. PoolSettings.DefaultRecovery];
        if (setting.RecoveryMechanisms is not { Count: > 0 } given) return null;
        var mechanisms = given.Select(m => new RecoveryMechanism(m.Name!, m.Priority!.Value)).OrderBy(m => m.Priority).ToList();
        if (mechanisms.DistinctBy(m => m.Priority).Count() < mechanisms.Count || mechanisms.DistinctBy(m => m.Name).Count() < mechanisms.Count)
            throw CognitoException.InvalidParameter("Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.");
        if (mechanisms.Count > 1 && mechanisms.Exists(m => m.Name == "admin_only"))
        {
            throw CognitoException.InvalidParameter(
                "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.");
        }

        return mechanisms;
    }

    private static MailSender? Sender(EmailConfigurationType? configuration)
    {
        if (configuration is not { From: not null } and not { ReplyToEmailAddress: not null }) return null;
        if (configuration.From is { } from && !(MailAddress.TryCreate(from, out var address) && Addresses.IsEmail(address.Address)))
            throw CognitoException.InvalidParameter("Provided From email address is invalid");
        if (configuration.ReplyToEmailAddress is { } replyTo && !Addresses.IsEmail(replyTo))
            throw CognitoException.InvalidParameter("Provided ReplyTo email address is invalid");
        return new MailSender(configuration.From, configuration.ReplyToEmailAddress);
    }

    /// <summary>A pool's tags, if it may have so many.</summary>
    public static Dictionary<string, string> Tags(IReadOnlyDictionary<string, string>? tags) => tags is { Count: > MostTags }
        ? throw CognitoException.InvalidParameter($"A user pool can have at most {MostTags} tags.")
        : new Dictionary<string, string>(tags ?? new Dictionary<string, string>(), StringComparer.Ordinal);
}
