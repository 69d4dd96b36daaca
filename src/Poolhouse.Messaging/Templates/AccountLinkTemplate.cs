using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>A mail whose button leads on: an invitation to make an account, or the confirmation of a new one. Its link says nothing of whom it is for.</summary>
internal sealed class AccountLinkTemplate(MessageKind kind) : IMessageTemplate
{
    public MessageKind Kind => kind;

    public MessageContent Content(OutboxMessage message, Language language)
    {
        var isInvitation = kind == MessageKind.AccountInvitation;
        // A title is the operator's own; still one line, since the subject has it.
        var title = (Placeholders.Application, HeaderText.OneLine(message.Application ?? ""));
        return new MessageContent
        {
            Subject = Placeholders.Fill(language[isInvitation ? TextKey.JoinSubject : TextKey.ConfirmSubject], title),
            Lead = Placeholders.Fill(language[isInvitation ? TextKey.JoinLead : TextKey.ConfirmLead], title),
            Fields = [],
            Button = message.Link is { } link ? new(language[isInvitation ? TextKey.JoinButton : TextKey.ConfirmButton], language[TextKey.LinkInstead], link) : null,
            Lifetime = Placeholders.Fill(language[TextKey.LinkLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
            Privacy = language[TextKey.KeepLinkPrivate],
            Ignore = language[isInvitation ? TextKey.JoinIgnore : TextKey.ConfirmIgnore],
            // Links go by mail only.
            Sms = "",
        };
    }
}
