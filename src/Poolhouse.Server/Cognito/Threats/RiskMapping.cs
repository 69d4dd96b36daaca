using System.Net;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>What is done about risks, between Core and the wire.</summary>
internal static class RiskMapping
{
    /// <summary>What a request asks for, with the rules that no single member shows.</summary>
    public static RiskConfiguration Read(SetRiskConfigurationRequest request) => new(
        Read(request.CompromisedCredentialsRiskConfiguration), Read(request.AccountTakeoverRiskConfiguration), Read(request.RiskExceptionConfiguration));

    /// <summary>Whether a request asks for nothing, which removes what there is.</summary>
    public static bool IsEmpty(RiskConfiguration configuration) => configuration is { Compromised: null, Takeover: null, Exceptions: null };

    /// <summary>API_RiskConfigurationType.</summary>
    public static RiskConfigurationType ToWire(string poolId, string? clientId, RiskConfiguration? configuration, DateTimeOffset? modifiedAt) => new()
    {
        UserPoolId = poolId,
        ClientId = clientId,
        CompromisedCredentialsRiskConfiguration = configuration?.Compromised is { } compromised
            ? new CompromisedCredentialsRiskConfigurationType
            {
                EventFilter = compromised.EventFilter,
                Actions = new CompromisedCredentialsActionsType { EventAction = compromised.EventAction },
            }
            : null,
        AccountTakeoverRiskConfiguration = configuration?.Takeover is { } takeover
            ? new AccountTakeoverRiskConfigurationType
            {
                NotifyConfiguration = takeover.Notices is { } notices ? ToWire(notices) : null,
                Actions = new AccountTakeoverActionsType
                {
                    LowAction = ToWire(takeover.Low), MediumAction = ToWire(takeover.Medium), HighAction = ToWire(takeover.High),
                },
            }
            : null,
        RiskExceptionConfiguration = configuration?.Exceptions is { } exceptions
            ? new RiskExceptionConfigurationType { BlockedIPRangeList = exceptions.Blocked, SkippedIPRangeList = exceptions.Skipped }
            : null,
        LastModifiedDate = modifiedAt,
    };

    private static CompromisedCredentials? Read(CompromisedCredentialsRiskConfigurationType? given) => given is null
        ? null
        : new CompromisedCredentials(given.EventFilter?.Distinct(StringComparer.Ordinal).ToList(), given.Actions!.EventAction!);

    private static AccountTakeover? Read(AccountTakeoverRiskConfigurationType? given)
    {
        if (given is null) return null;
        var takeover = new AccountTakeover(
            Read(given.Actions!.LowAction), Read(given.Actions.MediumAction), Read(given.Actions.HighAction), Read(given.NotifyConfiguration));
        // The words are this server's own.
        if (takeover.Notices is null && new[] { takeover.Low, takeover.Medium, takeover.High }.Any(action => action is { Notifies: true }))
            throw CognitoException.InvalidParameter("NotifyConfiguration is required when an action notifies the user.");
        return takeover;
    }

    private static TakeoverAction? Read(AccountTakeoverActionType? given) => given is null ? null : new TakeoverAction(given.Notify!.Value, given.EventAction!);

    private static TakeoverNotices? Read(NotifyConfigurationType? given)
    {
        if (given is null) return null;
        if (given.From is { } from && !(System.Net.Mail.MailAddress.TryCreate(from, out var address) && Addresses.IsEmail(address.Address)))
            throw CognitoException.InvalidParameter("Provided From email address is invalid");
        if (given.ReplyTo is { } replyTo && !Addresses.IsEmail(replyTo)) throw CognitoException.InvalidParameter("Provided ReplyTo email address is invalid");
        return new TakeoverNotices(given.From, given.ReplyTo, given.SourceArn!, Read(given.BlockEmail), Read(given.NoActionEmail), Read(given.MfaEmail));
    }

    private static NoticeText? Read(NotifyEmailType? given)
    {
        if (given is null) return null;
        // User guide, "Message templates": these two need a domain with the pages that they lead to.
        if ($"{given.Subject}{given.HtmlBody}{given.TextBody}".Contains("{one-click-link-", StringComparison.Ordinal))
            throw CognitoException.InvalidParameter("One-click links are not supported: build a link of your own from {event-id} and {feedback-token}.");
        return new NoticeText(given.Subject!, given.HtmlBody, given.TextBody);
    }

    private static RiskExceptions? Read(RiskExceptionConfigurationType? given)
    {
        if (given is null) return null;
        var wrong = (given.BlockedIPRangeList ?? []).Concat(given.SkippedIPRangeList ?? []).FirstOrDefault(range => !IPNetwork.TryParse(range, out _));
        return wrong is null
            ? new RiskExceptions(given.BlockedIPRangeList, given.SkippedIPRangeList)
            : throw CognitoException.InvalidParameter("IP ranges must be in CIDR notation, such as 192.0.2.0/24.");
    }

    private static AccountTakeoverActionType? ToWire(TakeoverAction? action) =>
        action is null ? null : new AccountTakeoverActionType { Notify = action.Notifies, EventAction = action.EventAction };

    private static NotifyConfigurationType ToWire(TakeoverNotices notices) => new()
    {
        From = notices.From,
        ReplyTo = notices.ReplyTo,
        SourceArn = notices.SourceArn,
        BlockEmail = ToWire(notices.Block),
        NoActionEmail = ToWire(notices.NoAction),
        MfaEmail = ToWire(notices.Mfa),
    };

    private static NotifyEmailType? ToWire(NoticeText? text) =>
        text is null ? null : new NotifyEmailType { Subject = text.Subject, HtmlBody = text.Html, TextBody = text.Text };
}
