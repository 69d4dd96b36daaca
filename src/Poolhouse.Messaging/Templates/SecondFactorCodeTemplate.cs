using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that is asked for beside a right password: unasked for, it means that somebody else knows the password.</summary>
internal sealed class SecondFactorCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.SecondFactorCode;

    public MessageContent Content(OutboxMessage message, Language language) => SignInCodeTemplate.Content(message, language, TextKey.SecondFactorIgnore);
}
