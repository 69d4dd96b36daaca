using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Users;

/// <summary>The messages that give a user made by an administrator its name and temporary password.</summary>
internal static class Invitations
{
    /// <summary>
    /// One message per channel that the user has an address for; none where there is no address, which is no error.
    /// </summary>
    /// <param name="pool">Its invitation texts and sender are used.</param>
    /// <param name="user">Who is invited.</param>
    /// <param name="password">The temporary password.</param>
    /// <param name="channels">What was asked for; empty means SMS, or mail for who has only an e-mail address.</param>
    /// <param name="now">When.</param>
    /// <param name="random">For the messages' ids.</param>
    public static IEnumerable<OutboxMessage> Of(
        UserPool pool, User user, string password, IReadOnlyList<MessageChannel> channels, DateTimeOffset now, IRandom random)
    {
        foreach (var channel in channels.Count > 0 ? channels.Distinct() : [DefaultFor(user)])
        {
            var isMail = channel == MessageChannel.Email;
            if (user[isMail ? "email" : "phone_number"] is not { Length: > 0 } address) continue;
            yield return new OutboxMessage
            {
                Id = random.UuidText(),
                PoolId = pool.Id,
                Kind = MessageKind.Invitation,
                Channel = channel,
                To = address,
                Code = password,
                Username = NameOf(pool, user),
                Locale = user["locale"],
                Subject = isMail ? pool.Settings.Messages.InvitationSubject : null,
                Body = isMail ? pool.Settings.Messages.InvitationBody : pool.Settings.Messages.InvitationSms,
                From = pool.Settings.Sender?.From,
                ReplyTo = pool.Settings.Sender?.ReplyTo,
                CreatedAt = now,
                NotAfter = TemporaryPasswords.ExpiresAt(pool, now),
                SupersedeKey = $"{pool.Id}/{user.Sub}/{MessageKind.Invitation}/{channel}",
            };
        }
    }

    private static MessageChannel DefaultFor(User user) =>
        user["phone_number"] is null && user["email"] is not null ? MessageChannel.Email : MessageChannel.Sms;

    // Nobody could type the generated username; the person signs in with the address.
    private static string NameOf(UserPool pool, User user) =>
        pool.UsernameAttributes.Select(attribute => user[attribute]).FirstOrDefault(value => value is not null) ?? user.Username;
}
