using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>From a pool to API_UserPoolType. What was never set is omitted, but for the defaults that Cognito shows.</summary>
internal static class UserPoolMapping
{
    /// <summary>A pool as CreateUserPool answers it: no tags where there are none, and its own order of attributes.</summary>
    public static UserPoolType Created(UserPool pool, string arn) => ToWire(pool, arn, users: 0) with
    {
        SchemaAttributes = SchemaMapping.Created(pool),
        UserPoolTags = pool.Settings.Tags.Count > 0 ? pool.Settings.Tags : null,
    };

    /// <summary>A pool as DescribeUserPool answers it.</summary>
    public static UserPoolType Described(UserPool pool, string arn, long users) => ToWire(pool, arn, users) with
    {
        SchemaAttributes = SchemaMapping.Described(pool),
        UserPoolTags = pool.Settings.Tags,
    };

    /// <summary>A pool as ListUserPools answers it.</summary>
    public static UserPoolDescriptionType Listed(UserPool pool) => new()
    {
        Id = pool.Id.Value,
        Name = pool.Name,
        LambdaConfig = TriggerReading.ToWire(pool.Settings.Triggers),
        LastModifiedDate = pool.ModifiedAt,
        CreationDate = pool.CreatedAt,
    };

    private static UserPoolType ToWire(UserPool pool, string arn, long users)
    {
        var settings = pool.Settings;
        return new UserPoolType
        {
            Id = pool.Id.Value,
            Name = pool.Name,
            Arn = arn,
            CreationDate = pool.CreatedAt,
            LastModifiedDate = pool.ModifiedAt,
            Policies = Policies(settings),
            DeletionProtection = settings.HasDeletionProtection ? "ACTIVE" : "INACTIVE",
            LambdaConfig = TriggerReading.ToWire(settings.Triggers),
            AutoVerifiedAttributes = Some(settings.AutoVerifiedAttributes),
            AliasAttributes = Some(pool.AliasAttributes),
            UsernameAttributes = Some(pool.UsernameAttributes),
            UsernameConfiguration = pool.HasUsernameConfiguration ? new UsernameConfigurationType { CaseSensitive = pool.IsCaseSensitive } : null,
            EmailVerificationMessage = settings.Messages.VerificationBody,
            EmailVerificationSubject = settings.Messages.VerificationSubject,
            SmsVerificationMessage = settings.Messages.VerificationSms,
            VerificationMessageTemplate = PoolMessages.Verification(settings.Messages),
            UserAttributeUpdateSettings = Some(settings.AttributesRequiringVerificationBeforeUpdate) is { } attributes
                ? new UserAttributeUpdateSettingsType { AttributesRequireVerificationBeforeUpdate = attributes }
                : null,
            DeviceConfiguration = settings.Devices is { } devices
                ? new DeviceConfigurationType { ChallengeRequiredOnNewDevice = devices.ReplaceSecondFactor, DeviceOnlyRememberedOnUserPrompt = devices.AskUser }
                : null,
            MfaConfiguration = settings.Mfa.Mode,
            SmsAuthenticationMessage = settings.Mfa.SmsText,
            SmsConfiguration = MfaMapping.Role(settings.Sms),
            EstimatedNumberOfUsers = (int)Math.Min(users, int.MaxValue),
            EmailConfiguration = new EmailConfigurationType
            {
                EmailSendingAccount = "COGNITO_DEFAULT",
                From = settings.Sender?.From,
                ReplyToEmailAddress = settings.Sender?.ReplyTo,
            },
            AdminCreateUserConfig = new AdminCreateUserConfigType
            {
                AllowAdminCreateUserOnly = settings.AdminCreateUser.IsOnlyWay,
                UnusedAccountValidityDays = settings.Passwords.TemporaryPasswordValidityDays,
                InviteMessageTemplate = PoolMessages.Invitation(settings.Messages),
            },
            AccountRecoverySetting = Recovery(settings),
            UserPoolTier = settings.Tier,
            UserPoolAddOns = settings.ThreatProtection == ThreatModes.Off ? null : new UserPoolAddOnsType { AdvancedSecurityMode = settings.ThreatProtection },
            KeyConfiguration = new KeyConfigurationType { KeyType = "AWS_OWNED_KEY" },
            IssuerConfiguration = new IssuerConfigurationType { Type = "ORIGINAL" },
            AcrConfiguration = PasskeyReading.ToWire(settings.AcrNames),
        };
    }

    private static UserPoolPolicyType Policies(PoolSettings settings) => new()
    {
        PasswordPolicy = new PasswordPolicyType
        {
            MinimumLength = settings.Passwords.MinimumLength,
            RequireUppercase = settings.Passwords.RequireUppercase,
            RequireLowercase = settings.Passwords.RequireLowercase,
            RequireNumbers = settings.Passwords.RequireNumbers,
            RequireSymbols = settings.Passwords.RequireSymbols,
            // API_PasswordPolicyType: not displayed when it is 0.
            PasswordHistorySize = settings.Passwords.HistorySize > 0 ? settings.Passwords.HistorySize : null,
            TemporaryPasswordValidityDays = settings.Passwords.TemporaryPasswordValidityDays,
        },
        SignInPolicy = new SignInPolicyType { AllowedFirstAuthFactors = settings.AllowedFirstAuthFactors },
    };

    // A pool with the legacy order has no setting.
    private static AccountRecoverySettingType? Recovery(PoolSettings settings) => settings.AccountRecovery is { } mechanisms
        ? new AccountRecoverySettingType
        {
            RecoveryMechanisms = [.. mechanisms.Select(m => new RecoveryOptionType { Name = m.Name, Priority = m.Priority })],
        }
        : null;

    private static IReadOnlyList<string>? Some(IReadOnlyList<string> list) => list.Count > 0 ? list : null;
}
