using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Pools;

/// <summary>A user pool with everything configured on it. API_UserPoolType.</summary>
public sealed record UserPool
{
    /// <summary>The pool's id, fixed at creation.</summary>
    public required PoolId Id { get; init; }

    /// <summary>Display name, 1–128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>When the pool was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its configuration last changed.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>What operators may change; replaced as a whole by UpdateUserPool.</summary>
    public required PoolSettings Settings { get; init; }

    /// <summary>Sign-in names that an attribute supplies; fixed at creation. Then the username is the <c>sub</c>.</summary>
    public IReadOnlyList<string> UsernameAttributes { get; init; } = [];

    /// <summary>Attributes that sign in beside the username; fixed at creation.</summary>
    public IReadOnlyList<string> AliasAttributes { get; init; } = [];

    /// <summary>Whether "Bob" and "bob" are two users; fixed at creation. Default false. API_UsernameConfigurationType.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>Whether UsernameConfiguration was given when the pool was made; only then answers show it.</summary>
    public bool HasUsernameConfiguration { get; init; }

    /// <summary>The attributes of this pool beyond the standard ones, and the standard ones where they differ from the default.</summary>
    public IReadOnlyList<AttributeDefinition> Schema { get; init; } = [];

    /// <summary>Whether e-mail or phone number take the place of a username.</summary>
    public bool UsesAttributesAsUsername => UsernameAttributes.Count > 0;

    /// <summary>The form under which names are compared: as given, or lower case.</summary>
    public string Normalize(string name) => IsCaseSensitive ? name : name.ToLowerInvariant();
}

/// <summary>The replaceable part of a pool's configuration. Defaults are Cognito's.</summary>
public sealed record PoolSettings
{
    /// <summary>What a pool has when AccountRecoverySetting is omitted (observed).</summary>
    public static IReadOnlyList<RecoveryMechanism> DefaultRecovery { get; } = [new("verified_email", 1), new("verified_phone_number", 2)];

    /// <summary>Rules for passwords.</summary>
    public PasswordRules Passwords { get; init; } = new();

    /// <summary>First factors of USER_AUTH; always contains PASSWORD. API_SignInPolicyType.</summary>
    public IReadOnlyList<string> AllowedFirstAuthFactors { get; init; } = ["PASSWORD"];

    /// <summary>Second factors.</summary>
    public PoolMfa Mfa { get; init; } = new();

    /// <summary>How devices are tracked; null when they aren't.</summary>
    public DeviceRules? Devices { get; init; }

    /// <summary>Passkeys; null where nothing was ever set.</summary>
    public PoolPasskeys? Passkeys { get; init; }

    /// <summary>Names of the levels of authentication that the pool chose itself, by the keys Level1–Level4. API_AcrLevelConfigType.</summary>
    public IReadOnlyDictionary<string, string> AcrNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lets the pool send SMS; null when not configured.</summary>
    public SmsRole? Sms { get; init; }

    /// <summary>Whether DeleteUserPool is refused.</summary>
    public bool HasDeletionProtection { get; init; }

    /// <summary>Attributes to which a code is sent at sign-up: <c>email</c>, <c>phone_number</c>.</summary>
    public IReadOnlyList<string> AutoVerifiedAttributes { get; init; } = [];

    /// <summary>Attributes that keep their old value until the new one is verified.</summary>
    public IReadOnlyList<string> AttributesRequiringVerificationBeforeUpdate { get; init; } = [];

    /// <summary>Texts of messages with codes; null members mean Poolhouse's own.</summary>
    public MessageTexts Messages { get; init; } = new();

    /// <summary>Sign-up by administrators.</summary>
    public AdminCreateUserRules AdminCreateUser { get; init; } = new();

    /// <summary>
    /// Where recovery codes go, by priority. Null is the legacy order, phone number before e-mail, which an empty setting asks for;
    /// a pool made without a setting has <see cref="DefaultRecovery"/> (observed). API_AccountRecoverySettingType.
    /// </summary>
    public IReadOnlyList<RecoveryMechanism>? AccountRecovery { get; init; }

    /// <summary>Sender of mails: From and Reply-To; null means the server's default.</summary>
    public MailSender? Sender { get; init; }

    /// <summary>Functions that are called on the way; none by default. API_LambdaConfigType.</summary>
    public PoolTriggers Triggers { get; init; } = new();

    /// <summary>LITE, ESSENTIALS (default) or PLUS.</summary>
    public string Tier { get; init; } = "ESSENTIALS";

    /// <summary>Whether sessions are counted and listed; changed by its own operation only.</summary>
    public SessionTracking Sessions { get; init; } = new();

    /// <summary>OFF (default), AUDIT or ENFORCED. API_UserPoolAddOnsType.AdvancedSecurityMode.</summary>
    public string ThreatProtection { get; init; } = ThreatModes.Off;

    /// <summary>Tags; at most 50.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>API_PasswordPolicyType.</summary>
public sealed record PasswordRules
{
    /// <summary>6–99; default 8.</summary>
    public int MinimumLength { get; init; } = 8;

    /// <summary>Default true.</summary>
    public bool RequireUppercase { get; init; } = true;

    /// <summary>Default true.</summary>
    public bool RequireLowercase { get; init; } = true;

    /// <summary>Default true.</summary>
    public bool RequireNumbers { get; init; } = true;

    /// <summary>Default true.</summary>
    public bool RequireSymbols { get; init; } = true;

    /// <summary>How many earlier passwords may not come back; 0–24; default 0.</summary>
    public int HistorySize { get; init; }

    /// <summary>Days a temporary password lives; 0–365; default 7. 0 means 7, as in Cognito.</summary>
    public int TemporaryPasswordValidityDays { get; init; } = 7;
}

/// <summary>Custom texts with the placeholders <c>{####}</c> and <c>{username}</c>. API_VerificationMessageTemplateType, API_MessageTemplateType.</summary>
public sealed record MessageTexts
{
    /// <summary>Subject of mails with a verification code.</summary>
    public string? VerificationSubject { get; init; }

    /// <summary>HTML body of mails with a verification code.</summary>
    public string? VerificationBody { get; init; }

    /// <summary>Text of an SMS with a verification code.</summary>
    public string? VerificationSms { get; init; }

    /// <summary>Subject of invitation mails.</summary>
    public string? InvitationSubject { get; init; }

    /// <summary>HTML body of invitation mails.</summary>
    public string? InvitationBody { get; init; }

    /// <summary>Text of an invitation SMS.</summary>
    public string? InvitationSms { get; init; }
}

/// <summary>API_AdminCreateUserConfigType.</summary>
public sealed record AdminCreateUserRules
{
    /// <summary>Whether SignUp is refused.</summary>
    public bool IsOnlyWay { get; init; }
}

/// <summary>API_RecoveryOptionType: name <c>verified_email</c>, <c>verified_phone_number</c> or <c>admin_only</c>.</summary>
public sealed record RecoveryMechanism(string Name, int Priority);

/// <summary>Who a mail comes from. API_EmailConfigurationType.</summary>
public sealed record MailSender(string? From, string? ReplyTo);
