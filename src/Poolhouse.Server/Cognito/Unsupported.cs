using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Settings of Cognito that nothing acts on here. Storing one would promise what nobody keeps, so the call refuses it; the value
/// that means "off" passes. Sorted. Whoever makes a setting act deletes its row. The words are this server's own.
/// </summary>
internal static class Unsupported
{
    private static readonly Row<UpdateUserPoolRequest>[] PoolRows =
    [
        new("DcrConfiguration", r => r.DcrConfiguration is { } dcr && IsOn(dcr), "Dynamic client registration is not supported."),
        new("EmailConfiguration.ConfigurationSet", r => r.EmailConfiguration?.ConfigurationSet is not null, "Mail is sent by this server's own configuration, not by Amazon SES."),
        new("EmailConfiguration.EmailSendingAccount", r => r.EmailConfiguration?.EmailSendingAccount is not (null or "COGNITO_DEFAULT"), "Mail is sent by this server's own configuration, not by Amazon SES: use COGNITO_DEFAULT."),
        new("EmailConfiguration.SourceArn", r => r.EmailConfiguration?.SourceArn is not null, "Mail is sent by this server's own configuration, not by Amazon SES: use From."),
        new("IssuerConfiguration", r => r.IssuerConfiguration?.Type is not (null or "ORIGINAL"), "Only the issuer ORIGINAL is supported."),
        new("KeyConfiguration", r => r.KeyConfiguration is { } key && (key.KeyType is not (null or "AWS_OWNED_KEY") || key.KmsKeyArn is not null), "Only the key AWS_OWNED_KEY is supported."),
        new("SmsConfiguration.EumsSms", r => r.SmsConfiguration?.EumsSms is not null, "SMS are sent by this server's own configuration, not by AWS End User Messaging."),
        new("UserPoolAddOns.AdvancedSecurityAdditionalFlows", r => r.UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode is not null, "Custom authentication has no threat protection of its own."),
        new("VerificationMessageTemplate.DefaultEmailOption", r => r.VerificationMessageTemplate?.DefaultEmailOption is not (null or "CONFIRM_WITH_CODE"), "Verification by link is not supported: use CONFIRM_WITH_CODE."),
        new("VerificationMessageTemplate.EmailMessageByLink", r => r.VerificationMessageTemplate?.EmailMessageByLink is not null, "Verification by link is not supported: use EmailMessage."),
        new("VerificationMessageTemplate.EmailSubjectByLink", r => r.VerificationMessageTemplate?.EmailSubjectByLink is not null, "Verification by link is not supported: use EmailSubject."),
    ];

    private static readonly Row<SetUserPoolMfaConfigRequest>[] MfaRows =
    [
        new("SmsMfaConfiguration.SmsConfiguration.EumsSms", r => r.SmsMfaConfiguration?.SmsConfiguration?.EumsSms is not null, "SMS are sent by this server's own configuration, not by AWS End User Messaging."),
    ];

    private static readonly Row<UpdateUserPoolClientRequest>[] ClientRows =
    [
        new("AnalyticsConfiguration", r => r.AnalyticsConfiguration is { } analytics && analytics != new AnalyticsConfigurationType(), "Analytics by Amazon Pinpoint are not supported."),
        new("SupportedIdentityProviders", r => r.SupportedIdentityProviders?.Contains("COGNITO") == true && r.AllowedOAuthFlows?.Any(flow => flow is "code" or "implicit") == true,
            "The OAuth flows have no page to sign in with a password yet: with AllowedOAuthFlows name identity providers, and leave COGNITO out. USER_PASSWORD_AUTH, USER_SRP_AUTH and the like need no provider."),
    ];

    /// <summary>The names of all settings that are refused, for the documentation.</summary>
    public static IEnumerable<string> Settings => PoolRows.Select(row => row.Setting).Concat(MfaRows.Select(row => row.Setting)).Concat(ClientRows.Select(row => row.Setting));

    /// <summary>Refuses a pool that asks for one of them.</summary>
    public static void Refuse(UpdateUserPoolRequest pool) => Refuse(PoolRows, pool);

    /// <summary>Refuses second factors that ask for one of them.</summary>
    public static void Refuse(SetUserPoolMfaConfigRequest factors) => Refuse(MfaRows, factors);

    /// <summary>Refuses a client that asks for one of them.</summary>
    public static void Refuse(UpdateUserPoolClientRequest client) => Refuse(ClientRows, client);

    private static void Refuse<T>(Row<T>[] rows, T request)
    {
        foreach (var row in rows)
            if (row.IsAskedFor(request)) throw CognitoException.InvalidParameter($"{row.Setting}: {row.Reason}");
    }

    private static bool IsOn(DcrConfigurationType dcr) =>
        dcr.EnableStatus is not (null or "DISABLED") || dcr.OpenDcrEnabled == true
        || dcr is not { AuthenticatedGrantTypes: null or [], OpenDcrGrantTypes: null or [], AllowedScopes: null or [] };

    private sealed record Row<T>(string Setting, Func<T, bool> IsAskedFor, string Reason);
}
