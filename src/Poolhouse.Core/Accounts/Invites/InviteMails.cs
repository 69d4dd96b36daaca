using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Core.Accounts.Invites;

/// <summary>Invitations with their mails. The link's origin is the configured one, whatever a request says of its host (GHSA-3529-5m8x-rpv3).</summary>
public sealed class InviteMails(Issuer issuer, IRandom random)
{
    /// <summary>A new invitation, not stored, and the mail that holds its token.</summary>
    /// <param name="application">For which application.</param>
    /// <param name="kind">What it is good for.</param>
    /// <param name="email">Whom it is for.</param>
    /// <param name="inviter">Who invites; null for nobody.</param>
    /// <param name="account">The account to confirm; null for an invitation to register.</param>
    /// <param name="locale">The language of the mail; null for the default.</param>
    /// <param name="now">When.</param>
    public (Invite Invite, OutboxMessage Mail) New(
        Application application, InviteKind kind, string email, AccountId? inviter, AccountId? account, string? locale, DateTimeOffset now)
    {
        var token = InviteToken.New(random);
        var invite = new Invite
        {
            Id = random.UuidText(),
            Application = application.Name,
            Kind = kind,
            Email = EmailAddress.Normalize(email),
            TokenHash = token.Hash(),
            Inviter = inviter,
            Account = account,
            Locale = locale,
            CreatedAt = now,
            SentAt = now,
            ExpiresAt = now + Invite.Lifetime,
        };
        return (invite, Mail(application, invite, token));
    }

    /// <summary>The invitation with another token, which takes the place of the one before it, and its mail.</summary>
    public (Invite Invite, OutboxMessage Mail) Renew(Application application, Invite invite, DateTimeOffset now)
    {
        var token = InviteToken.New(random);
        var renewed = invite with { TokenHash = token.Hash(), SentAt = now, ExpiresAt = now + Invite.Lifetime };
        return (renewed, Mail(application, renewed, token));
    }

    private OutboxMessage Mail(Application application, Invite invite, InviteToken token) => new()
    {
        Id = random.UuidText(),
        PoolId = application.PoolId,
        Kind = invite.Kind == InviteKind.Account ? MessageKind.AccountInvitation : MessageKind.AccountConfirmation,
        Channel = MessageChannel.Email,
        To = invite.Email,
        Link = $"{issuer.PublicUrl}/invite?confirmation={token.Text}",
        Application = application.Title,
        Locale = invite.Locale,
        CreatedAt = invite.SentAt,
        NotAfter = invite.ExpiresAt,
        SupersedeKey = $"invite/{invite.Id}",
    };
}
