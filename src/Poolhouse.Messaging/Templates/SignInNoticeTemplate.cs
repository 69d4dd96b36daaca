using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>An unusual sign-in, let through or blocked. It carries no code and no link: there is nothing in it to be phished for.</summary>
internal sealed class SignInNoticeTemplate(MessageKind kind) : IMessageTemplate
{
    private static readonly TextKey[] Labels = [TextKey.NoticeTimeLabel, TextKey.NoticeDeviceLabel, TextKey.NoticeAddressLabel];

    public MessageKind Kind => kind;

    public MessageContent Content(OutboxMessage message, Language language)
    {
        var isBlocked = kind == MessageKind.SignInBlocked;
        return new MessageContent
        {
            Subject = language[isBlocked ? TextKey.BlockedSubject : TextKey.NoticedSubject],
            Lead = language[isBlocked ? TextKey.BlockedLead : TextKey.NoticedLead],
            Fields = [.. Labels.Zip(message.Details ?? [], (label, value) => new MessageContent.Field(language[label], value, IsCode: false))],
            Lifetime = language[TextKey.NoticeWasYou],
            Privacy = language[TextKey.NoticeWasNotYou],
            Ignore = language[TextKey.NoticeIgnore],
            Sms = language[isBlocked ? TextKey.BlockedSms : TextKey.NoticedSms],
        };
    }
}
