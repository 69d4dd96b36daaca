using Poolhouse.Core.Accounts.Invites;

namespace Poolhouse.Server.Account.Invites;

/// <summary><c>POST invites</c>. <c>kind</c> is <c>account</c>, or <c>confirmation</c> for somebody who has registered.</summary>
internal sealed record InviteBody(string? Email, string? Application, string? Locale, string? Kind);

/// <summary><c>POST confirm-account</c>. The application is only for whom to ask for help where the token says nothing.</summary>
internal sealed record ConfirmAccountBody(string? Token, string? Application);

/// <summary>An invitation, as who made it sees it. Its token is in the mail only.</summary>
internal sealed record InviteAnswer(
    string Id, string Email, string Kind, string State, string? Locale, DateTimeOffset CreatedAt, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, DateTimeOffset? ClaimedAt)
{
    /// <summary>An invitation at a time.</summary>
    public static InviteAnswer Of(Invite invite, DateTimeOffset now) => new(
        invite.Id, invite.Email, NameOf(invite.Kind), NameOf(invite.StateAt(now)), invite.Locale, invite.CreatedAt, invite.SentAt, invite.ExpiresAt, invite.ClaimedAt);

    /// <summary>A kind's word on the wire.</summary>
    public static string NameOf(InviteKind kind) => kind == InviteKind.Account ? "account" : "confirmation";

    private static string NameOf(InviteState state) => state switch
    {
        InviteState.Pending => "pending",
        InviteState.Claimed => "claimed",
        InviteState.Expired => "expired",
        _ => "withdrawn",
    };
}

/// <summary><c>GET invites</c>.</summary>
/// <param name="Invites">Newest first.</param>
/// <param name="Next">For <c>before</c> of the next page; left out on the last one.</param>
internal sealed record InvitePage(IReadOnlyList<InviteAnswer> Invites, string? Next);

/// <summary><c>GET invites/{token}</c>: what the page needs to go on. The token is the secret; who has it got it at this address.</summary>
internal sealed record PresentedInvite(string Email, string Application, string Title, string Kind, DateTimeOffset ExpiresAt);
