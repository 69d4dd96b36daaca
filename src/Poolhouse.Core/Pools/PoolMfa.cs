namespace Poolhouse.Core.Pools;

/// <summary>The second factors of a pool. API_SetUserPoolMfaConfig.</summary>
public sealed record PoolMfa
{
    /// <summary>Nobody is asked for a second factor.</summary>
    public const string Off = "OFF";

    /// <summary>Who set one up is asked for it.</summary>
    public const string Optional = "OPTIONAL";

    /// <summary>Everybody is asked for one, and who has none must set one up.</summary>
    public const string On = "ON";

    /// <summary>OFF (default), OPTIONAL or ON. API_UserPoolType.MfaConfiguration.</summary>
    public string Mode { get; init; } = Off;

    /// <summary>Whether codes may go by SMS.</summary>
    public bool AllowsSms { get; init; }

    /// <summary>
    /// Whether authenticator apps may be set up. Those that are go on working when it is turned off (user guide, "TOTP software
    /// token MFA").
    /// </summary>
    public bool AllowsSoftwareToken { get; init; }

    /// <summary>Whether codes may go by mail.</summary>
    public bool AllowsEmail { get; init; }

    /// <summary>Text of an SMS with a sign-in code; null means Poolhouse's own. API_UserPoolType.SmsAuthenticationMessage.</summary>
    public string? SmsText { get; init; }

    /// <summary>Subject of a mail with a sign-in code; null means Poolhouse's own. API_EmailMfaConfigType.Subject.</summary>
    public string? MailSubject { get; init; }

    /// <summary>HTML of a mail with a sign-in code; null means Poolhouse's own. API_EmailMfaConfigType.Message.</summary>
    public string? MailBody { get; init; }

    /// <summary>Whether any factor may be set up.</summary>
    public bool HasFactor => AllowsSms || AllowsSoftwareToken || AllowsEmail;
}

/// <summary>
/// API_SmsConfigurationType. Given, it lets the pool send SMS; the role itself is kept only to be shown, because SMS leave through
/// this server's own sender.
/// </summary>
public sealed record SmsRole(string? CallerArn, string? ExternalId, string? Region);
