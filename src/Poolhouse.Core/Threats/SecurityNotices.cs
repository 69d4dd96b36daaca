using System.Globalization;
using System.Net;
using System.Text;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Threats;

/// <summary>Mails that tell a user of a risky sign-in. User guide, "Message templates": placeholders of threat protection.</summary>
public sealed class SecurityNotices(FeedbackTokens tokens, IRandom random)
{
    // Nothing here knows where an address is.
    private const string UnknownPlace = "unknown";

    /// <summary>The notice, or null for a user without an address to send it to.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Who is told.</param>
    /// <param name="about">What happened.</param>
    /// <param name="action">What was done, which decides the text.</param>
    /// <param name="notices">The operator's texts and sender.</param>
    /// <param name="now">When.</param>
    public OutboxMessage? Of(UserPool pool, User user, AuthEvent about, TakeoverAction action, TakeoverNotices notices, DateTimeOffset now)
    {
        // To a verified address only: anybody can write any other into a profile, and would hear where its owner signs in from.
        if (user["email"] is not { Length: > 0 } address || !user.HasVerified("email")) return null;
        var text = action.EventAction switch { "BLOCK" => notices.Block, "NO_ACTION" => notices.NoAction, _ => notices.Mfa };
        var values = Values(user, about, now);
        return new OutboxMessage
        {
            Id = random.UuidText(),
            PoolId = pool.Id,
            Kind = about.Decision == RiskDecision.Block ? MessageKind.SignInBlocked : MessageKind.SignInNoticed,
            Channel = MessageChannel.Email,
            To = address,
            Username = user.Username,
            Locale = user["locale"],
            Subject = text is null ? null : Fill(text.Subject, values, static value => value),
            Body = text switch
            {
                null => null,
                { Html: { } html } => Fill(html, values, WebUtility.HtmlEncode),
                { Text: { } plain } => $"<pre>{Fill(WebUtility.HtmlEncode(plain), values, WebUtility.HtmlEncode)}</pre>",
                _ => null,
            },
            Details = [$"{values["{login-time}"]}", about.Device, about.Address ?? UnknownPlace],
            From = notices.From ?? pool.Settings.Sender?.From,
            ReplyTo = notices.ReplyTo ?? pool.Settings.Sender?.ReplyTo,
            Sender = MessageTriggers.SenderOf(
                pool, user, MessageSource.AccountTakeOverNotification, new Delivery("email", address), new TriggerOrigin(about.ClientId)),
            CreatedAt = now,
            NotAfter = now + FeedbackTokens.Lifetime,
        };
    }

    private Dictionary<string, string> Values(User user, AuthEvent about, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        ["{username}"] = user.Username,
        ["{ip-address}"] = about.Address ?? UnknownPlace,
        ["{city}"] = UnknownPlace,
        ["{country}"] = UnknownPlace,
        ["{login-time}"] = about.At.ToString("R", CultureInfo.InvariantCulture),
        ["{device-name}"] = about.Device,
        ["{event-id}"] = about.Id,
        ["{feedback-token}"] = tokens.Write(about, now),
    };

    // One pass, so that a placeholder within a value stays text.
    private static string Fill(string template, Dictionary<string, string> values, Func<string, string> encode)
    {
        var result = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length;)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end > i && values.TryGetValue(template[i..(end + 1)], out var value))
            {
                result.Append(encode(value));
                i = end + 1;
            }
            else
            {
                result.Append(template[i++]);
            }
        }

        return result.ToString();
    }
}
