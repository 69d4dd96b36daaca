using System.Net;

namespace Poolhouse.Core.Threats;

/// <summary>What a pool, or a client in its place, does about risks. API_RiskConfigurationType.</summary>
/// <param name="Compromised">About passwords that others know; null does nothing.</param>
/// <param name="Takeover">About sign-ins that may be somebody else's; null does nothing.</param>
/// <param name="Exceptions">Ranges of addresses; null for none.</param>
public sealed record RiskConfiguration(CompromisedCredentials? Compromised, AccountTakeover? Takeover, RiskExceptions? Exceptions)
{
    /// <summary>The document's key where it is the pool's own.</summary>
    public const string PoolKey = "ALL";
}

/// <summary>API_CompromisedCredentialsRiskConfigurationType.</summary>
/// <param name="EventFilter">SIGN_IN, PASSWORD_CHANGE, SIGN_UP; null and empty mean all.</param>
/// <param name="EventAction">BLOCK or NO_ACTION.</param>
public sealed record CompromisedCredentials(IReadOnlyList<string>? EventFilter, string EventAction)
{
    /// <summary>Whether passwords are looked at there.</summary>
    public bool Watches(string filter) => EventFilter is not { Count: > 0 } || EventFilter.Contains(filter);
}

/// <summary>API_AccountTakeoverRiskConfigurationType.</summary>
public sealed record AccountTakeover(TakeoverAction? Low, TakeoverAction? Medium, TakeoverAction? High, TakeoverNotices? Notices)
{
    /// <summary>What is done at a level; null for nothing.</summary>
    public TakeoverAction? ActionAt(RiskLevel? level) => level switch
    {
        RiskLevel.Low => Low,
        RiskLevel.Medium => Medium,
        RiskLevel.High => High,
        _ => null,
    };
}

/// <summary>API_AccountTakeoverActionType.</summary>
/// <param name="Notifies">Whether the user hears of it by mail.</param>
/// <param name="EventAction">BLOCK, MFA_IF_CONFIGURED, MFA_REQUIRED or NO_ACTION.</param>
public sealed record TakeoverAction(bool Notifies, string EventAction);

/// <summary>
/// API_NotifyConfigurationType. The ARN is kept only to be shown: mail leaves through this server's own sender.
/// </summary>
public sealed record TakeoverNotices(string? From, string? ReplyTo, string SourceArn, NoticeText? Block, NoticeText? NoAction, NoticeText? Mfa);

/// <summary>API_NotifyEmailType.</summary>
public sealed record NoticeText(string Subject, string? Html, string? Text);

/// <summary>API_RiskExceptionConfigurationType; ranges in CIDR notation.</summary>
public sealed record RiskExceptions(IReadOnlyList<string>? Blocked, IReadOnlyList<string>? Skipped)
{
    /// <summary>Whether nothing is let through from there.</summary>
    public bool Blocks(IPAddress? address) => Contains(Blocked, address);

    /// <summary>Whether what comes from there is not judged.</summary>
    public bool Skips(IPAddress? address) => Contains(Skipped, address);

    private static bool Contains(IReadOnlyList<string>? ranges, IPAddress? address) =>
        address is not null && ranges is not null && ranges.Any(range => IPNetwork.TryParse(range, out var network) && network.Contains(address));
}
