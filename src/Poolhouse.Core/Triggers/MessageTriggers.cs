using Poolhouse.Core.Codes;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Triggers;

/// <summary>What causes a message; the second half of the triggerSource of CustomMessage, CustomEmailSender and CustomSMSSender.</summary>
public enum MessageSource
{
    /// <summary>SignUp.</summary>
    SignUp,

    /// <summary>AdminCreateUser, also when it sends again.</summary>
    AdminCreateUser,

    /// <summary>ResendConfirmationCode.</summary>
    ResendCode,

    /// <summary>ForgotPassword and AdminResetUserPassword.</summary>
    ForgotPassword,

    /// <summary>A changed address.</summary>
    UpdateUserAttribute,

    /// <summary>GetUserAttributeVerificationCode.</summary>
    VerifyUserAttribute,

    /// <summary>A sign-in's code, of a first or a second factor.</summary>
    Authentication,

    /// <summary>A risky sign-in; custom senders of mail only, and without a code.</summary>
    AccountTakeOverNotification,
}

/// <summary>What the pool's functions want of a message. Made before the transaction that stores the message, because it may take seconds.</summary>
public sealed record MessageDraft
{
    /// <summary>Nothing: the pool's own texts and the server's own sender.</summary>
    public static MessageDraft Plain { get; } = new();

    /// <summary>In place of the pool's subject; null keeps it.</summary>
    public string? Subject { get; init; }

    /// <summary>In place of the pool's body or SMS; null keeps it.</summary>
    public string? Body { get; init; }

    /// <summary>Who sends it in this server's place; null where nobody does.</summary>
    public CustomSender? Sender { get; init; }
}

/// <summary>
/// Asks a pool's functions about messages. Where a custom sender takes the message, its text is that function's own, so CustomMessage
/// is not asked.
/// </summary>
public sealed class MessageTriggers(TriggerCalls calls)
{
    private const string CodeParameter = "{####}";
    private const string UsernameParameter = "{username}";
    private const int LongestSms = 140;
    private const int LongestSubject = 140;
    private const int LongestBody = 20_000;

    /// <summary>The draft of a message.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Whom it is for.</param>
    /// <param name="source">What causes it.</param>
    /// <param name="delivery">Where it goes; functions see the user with this address.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<MessageDraft>> DraftAsync(
        UserPool pool, User user, MessageSource source, Delivery delivery, TriggerOrigin origin, CancellationToken ct)
    {
        var triggers = pool.Settings.Triggers;
        var isMail = delivery.Attribute == "email";
        if (SenderOf(pool, user, source, delivery, origin) is { } sender) return new MessageDraft { Sender = sender };
        if (triggers.CustomMessage is null) return MessageDraft.Plain;
        var attributes = Attributes(user, delivery);
        var isInvitation = source == MessageSource.AdminCreateUser;
        var answer = await calls.CallAsync(
            TriggerKind.CustomMessage,
            triggers.CustomMessage!,
            TriggerEvents.Of(
                pool,
                user.Username,
                origin,
                $"CustomMessage_{source}",
                new CustomMessageRequest(attributes, CodeParameter, "{##Click Here##}", isInvitation ? UsernameParameter : null) { ClientMetadata = origin.ClientMetadata },
                new CustomMessageResponse(null, null, null)),
            TriggerJson.Default.CustomMessage,
            TriggerJson.Default.CustomMessageResponse,
            ct);
        if (answer.Refusal is { } refusal) return refusal;
        var (sms, body, subject) = answer.Value;
        // User guide, "Custom message Lambda trigger": a text must hold the code's place, an invitation's the username's too. A person
        // who got one without could not go on.
        var text = isMail ? body : sms;
        var isUsable = text is null
            || (text.Contains(CodeParameter, StringComparison.Ordinal)
                && (!isInvitation || text.Contains(UsernameParameter, StringComparison.Ordinal))
                && text.Length <= (isMail ? LongestBody : LongestSms));
        if (!isUsable || (isMail && subject is { Length: > LongestSubject })) return new Refusal.TriggerAnswerInvalid();
        return new MessageDraft { Subject = isMail ? Some(subject) : null, Body = Some(text) };
    }

    /// <summary>The function that sends the message in this server's place; null where none does.</summary>
    public static CustomSender? SenderOf(UserPool pool, User user, MessageSource source, Delivery delivery, TriggerOrigin origin)
    {
        var triggers = pool.Settings.Triggers;
        var isMail = delivery.Attribute == "email";
        return (isMail ? triggers.CustomEmailSender : triggers.CustomSmsSender) is { } arn
            ? new CustomSender
            {
                Arn = arn,
                KeyId = triggers.KmsKeyId ?? "",
                Source = $"{(isMail ? TriggerKind.CustomEmailSender : TriggerKind.CustomSMSSender)}_{source}",
                Username = user.Username,
                ClientId = origin.ClientId?.Value,
                ClientMetadata = origin.ClientMetadata,
                UserAttributes = Attributes(user, delivery),
            }
            : null;
    }

    private static Dictionary<string, string> Attributes(User user, Delivery delivery) =>
        new(TriggerEvents.Attributes(user), StringComparer.Ordinal) { [delivery.Attribute] = delivery.Destination };

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
