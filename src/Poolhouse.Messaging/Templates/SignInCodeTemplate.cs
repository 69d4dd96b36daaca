using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that signs in without a password.</summary>
internal sealed class SignInCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.SignInCode;

    public MessageContent Content(OutboxMessage message, Language language) => Content(message, language, TextKey.SignInIgnore);

    /// <summary>A sign-in code's message; what to do about one that was not asked for depends on what it says about the password.</summary>
    internal static MessageContent Content(OutboxMessage message, Language language, TextKey ignore) => new()
    {
        Subject = language[TextKey.SignInSubject],
        Lead = language[TextKey.SignInLead],
        Fields = message.Code is { } code ? [new(language[TextKey.CodeLabel], code, IsCode: true)] : [],
        Lifetime = Placeholders.Fill(
            language[TextKey.CodeLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepCodePrivate],
        Ignore = language[ignore],
        Sms = Placeholders.Fill(language[TextKey.SignInSms], (Placeholders.Code, message.Code ?? "")),
    };
}
