using Poolhouse.Core.Codes;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Messages;

/// <summary>A pool's own texts for one kind of message; null means the built-in one.</summary>
/// <param name="Subject">Of a mail.</param>
/// <param name="Mail">HTML.</param>
/// <param name="Sms">Text.</param>
public sealed record OwnTexts(string? Subject, string? Mail, string? Sms);

/// <summary>The messages that carry a code or a temporary password to a user.</summary>
public static class CodeMessages
{
    /// <summary>One, not yet stored. What the pool's functions drafted goes before the pool's texts, and those before the built-in ones.</summary>
    /// <param name="pool">Its sender is used.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="delivery">Where it goes; <c>email</c> is a mail, anything else an SMS.</param>
    /// <param name="code">What it carries.</param>
    /// <param name="texts">The pool's.</param>
    /// <param name="draft">What the pool's functions want of it.</param>
    /// <param name="lifetime">When it is caused, and until when it is worth sending.</param>
    /// <param name="subjectOfReplacement">A newer message of this user and subject takes its place while it is unsent.</param>
    /// <param name="random">For its id.</param>
    public static OutboxMessage Of(
        UserPool pool,
        User user,
        MessageKind kind,
        Delivery delivery,
        string code,
        OwnTexts texts,
        MessageDraft draft,
        (DateTimeOffset From, DateTimeOffset Until) lifetime,
        string subjectOfReplacement,
        IRandom random)
    {
        var isMail = delivery.Attribute == "email";
        return new OutboxMessage
        {
            Id = random.UuidText(),
            PoolId = pool.Id,
            Kind = kind,
            Channel = isMail ? MessageChannel.Email : MessageChannel.Sms,
            To = delivery.Destination,
            Code = code,
            Username = user.Username,
            Locale = user["locale"],
            Subject = isMail ? draft.Subject ?? texts.Subject : null,
            Body = draft.Body ?? (isMail ? texts.Mail : texts.Sms),
            From = pool.Settings.Sender?.From,
            ReplyTo = pool.Settings.Sender?.ReplyTo,
            Sender = draft.Sender,
            CreatedAt = lifetime.From,
            NotAfter = lifetime.Until,
            SupersedeKey = $"{pool.Id}/{user.Sub}/{subjectOfReplacement}",
        };
    }
}
