using Poolhouse.Core.Codes;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Users;

/// <summary>An invitation's way and address, and what the pool's functions want of it.</summary>
internal sealed record Invitation(MessageChannel Channel, string Address, MessageDraft Draft);

/// <summary>The messages that give a user made by an administrator its name and temporary password.</summary>
internal static class Invitations
{
    /// <summary>
    /// One draft per channel that the user has an address for; none where there is no address, which is no error.
    /// </summary>
    /// <param name="triggers">Asks the pool's functions.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Who is invited.</param>
    /// <param name="channels">What was asked for; empty means SMS, or mail for who has only an e-mail address.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public static async ValueTask<Outcome<IReadOnlyList<Invitation>>> DraftAsync(
        MessageTriggers triggers, UserPool pool, User user, IReadOnlyList<MessageChannel> channels, TriggerOrigin origin, CancellationToken ct)
    {
        var drafts = new List<Invitation>();
        foreach (var channel in channels.Count > 0 ? channels.Distinct() : [DefaultFor(user)])
        {
            var attribute = AttributeOf(channel);
            if (user[attribute] is not { Length: > 0 } address) continue;
            var draft = await triggers.DraftAsync(pool, user, MessageSource.AdminCreateUser, new Delivery(attribute, address), origin, ct);
            if (draft.Refusal is { } refusal) return refusal;
            drafts.Add(new Invitation(channel, address, draft.Value));
        }

        return drafts;
    }

    /// <summary>The messages of drafts.</summary>
    /// <param name="pool">Its invitation texts and sender are used.</param>
    /// <param name="user">Who is invited.</param>
    /// <param name="password">The temporary password.</param>
    /// <param name="drafts">What goes where.</param>
    /// <param name="now">When.</param>
    /// <param name="random">For the messages' ids.</param>
    public static IEnumerable<OutboxMessage> Of(
        UserPool pool, User user, string password, IReadOnlyList<Invitation> drafts, DateTimeOffset now, IRandom random)
    {
        var own = pool.Settings.Messages;
        foreach (var (channel, address, draft) in drafts)
        {
            var message = CodeMessages.Of(
                pool,
                user,
                MessageKind.Invitation,
                new Delivery(AttributeOf(channel), address),
                password,
                new OwnTexts(own.InvitationSubject, own.InvitationBody, own.InvitationSms),
                draft,
                (now, TemporaryPasswords.ExpiresAt(pool, now)),
                $"{MessageKind.Invitation}/{channel}",
                random);
            yield return message with { Username = NameOf(pool, user) };
        }
    }

    private static string AttributeOf(MessageChannel channel) => channel == MessageChannel.Email ? "email" : "phone_number";

    private static MessageChannel DefaultFor(User user) =>
        user["phone_number"] is null && user["email"] is not null ? MessageChannel.Email : MessageChannel.Sms;

    // Nobody could type the generated username; the person signs in with the address.
    private static string NameOf(UserPool pool, User user) =>
        pool.UsernameAttributes.Select(attribute => user[attribute]).FirstOrDefault(value => value is not null) ?? user.Username;
}
