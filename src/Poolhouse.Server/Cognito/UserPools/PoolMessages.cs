using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Texts of messages between the wire and a pool. Verification has two places on the wire, an older and a newer one.</summary>
internal static class PoolMessages
{
    private const string Code = "{####}";
    private const string Username = "{username}";

    /// <summary>The texts that a request asks for. The model's patterns have seen to the code in verification messages.</summary>
    public static MessageTexts Read(UpdateUserPoolRequest request)
    {
        var template = request.VerificationMessageTemplate;
        var invitation = request.AdminCreateUserConfig?.InviteMessageTemplate;
        return new MessageTexts
        {
            VerificationSubject = One(request.EmailVerificationSubject, template?.EmailSubject, "EmailVerificationSubject", "EmailSubject"),
            VerificationBody = One(request.EmailVerificationMessage, template?.EmailMessage, "EmailVerificationMessage", "EmailMessage"),
            VerificationSms = One(request.SmsVerificationMessage, template?.SmsMessage, "SmsVerificationMessage", "SmsMessage"),
            InvitationSubject = invitation?.EmailSubject,
            InvitationBody = Invitation(invitation?.EmailMessage, "emailMessage"),
            InvitationSms = Invitation(invitation?.SMSMessage, "smsMessage"),
        };
    }

    /// <summary>API_UserPoolType.VerificationMessageTemplate; codes are the only way to verify.</summary>
    public static VerificationMessageTemplateType Verification(MessageTexts texts) => new()
    {
        DefaultEmailOption = "CONFIRM_WITH_CODE",
        EmailMessage = texts.VerificationBody,
        EmailSubject = texts.VerificationSubject,
        SmsMessage = texts.VerificationSms,
    };

    /// <summary>API_AdminCreateUserConfigType.InviteMessageTemplate; null when there is no text.</summary>
    public static MessageTemplateType? Invitation(MessageTexts texts)
    {
        var template = new MessageTemplateType
        {
            EmailMessage = texts.InvitationBody,
            EmailSubject = texts.InvitationSubject,
            SMSMessage = texts.InvitationSms,
        };
        return template == new MessageTemplateType() ? null : template;
    }

    // Who sends back what DescribeUserPool answered sends both, and they agree. Where they don't, one of them would not act.
    private static string? One(string? older, string? newer, string olderName, string newerName) => older is null || newer is null || older == newer
        ? newer ?? older
        : throw CognitoException.InvalidParameter($"{olderName} and VerificationMessageTemplate.{newerName} must be the same when both are given.");

    // The model allows an invitation without a password, for users who need none. Those get no invitation here, and to all others
    // such a message would leave the person outside. Cognito refuses it by a pattern that the model does not show any more.
    private static string? Invitation(string? text, string member)
    {
        if (text is null || (text.Contains(Code, StringComparison.Ordinal) && text.Contains(Username, StringComparison.Ordinal))) return text;
        throw CognitoException.InvalidParameter(
            $"1 validation error detected: Value at 'adminCreateUserConfig.inviteMessage.{member}' failed to satisfy constraint: Member must contain {Username} and {Code}");
    }
}
