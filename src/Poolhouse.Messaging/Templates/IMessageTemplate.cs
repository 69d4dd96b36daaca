using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The built-in message of one kind.</summary>
internal interface IMessageTemplate
{
    MessageKind Kind { get; }

    MessageContent Content(OutboxMessage message, Language language);
}
