using System.Data.Common;
using System.Globalization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Accounts;

/// <summary>Invitations.</summary>
internal sealed class InviteStore(DatabaseSession session) : IInviteStore
{
    private const string Columns =
        "position, id, application, kind, email, token_hash, inviter_id, account_id, locale, created_at, sent_at, sends, expires_at, claimed_at, withdrawn_at";

    public async ValueTask AddAsync(Invite invite, CancellationToken ct) => await session
        .Statement(
            """
            insert into invites (
                id, application, kind, email, token_hash, inviter_id, account_id, locale, created_at, sent_at, sends, expires_at, claimed_at, withdrawn_at)
            values (
                @id, @application, @kind, @email, @token_hash, @inviter_id, @account_id, @locale, @created_at, @sent_at, @sends, @expires_at, @claimed_at, @withdrawn_at)
            """)
        .Text("id", invite.Id)
        .Text("application", invite.Application)
        .Text("kind", EnumText.Of(invite.Kind))
        .Text("email", invite.Email)
        .Bytes("token_hash", [.. invite.TokenHash])
        .Text("inviter_id", invite.Inviter?.Value)
        .Text("account_id", invite.Account?.Value)
        .Text("locale", invite.Locale)
        .Time("created_at", invite.CreatedAt)
        .Time("sent_at", invite.SentAt)
        .Bigint("sends", invite.Sends)
        .Time("expires_at", invite.ExpiresAt)
        .Time("claimed_at", invite.ClaimedAt)
        .Time("withdrawn_at", invite.WithdrawnAt)
        .ExecuteAsync(ct);

    public async ValueTask<Invite?> FindAsync(string id, CancellationToken ct) =>
        (await session.Statement($"select {Columns} from invites where id = @id").Text("id", id).FindAsync(Map, ct)).Invite;

    public async ValueTask<Invite?> FindByTokenAsync(byte[] tokenHash, CancellationToken ct) =>
        (await session.Statement($"select {Columns} from invites where token_hash = @token_hash").Bytes("token_hash", tokenHash).FindAsync(Map, ct)).Invite;

    // Walks what has not expired, which is a week's invitations: asked once for a user that is seen for the first time.
    public async ValueTask<Invite?> FindPendingAsync(string application, string email, DateTimeOffset now, CancellationToken ct) => (await session
        .Statement(
            $"""
            select {Columns}
            from invites
            where expires_at > @now and application = @application and email = @email and kind = 'account'
            and claimed_at is null and withdrawn_at is null
            order by position desc
            limit 1
            """)
        .Time("now", now)
        .Text("application", application)
        .Text("email", email)
        .FindAsync(Map, ct)).Invite;

    public async ValueTask<Page<Invite>> ListAsync(string application, AccountId? inviter, int limit, string? before, CancellationToken ct)
    {
        // Two texts, so that each walks its own index; what nobody invited to is not listed.
        var whose = inviter is null ? "application = @application and inviter_id is not null" : "inviter_id = @inviter_id and application = @application";
        var statement = session
            .Statement(
                $"""
                select {Columns}
                from invites
                where {whose} and position < @before
                order by position desc
                limit @limit
                """)
            .Text("application", application)
            .Bigint("before", long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : long.MaxValue)
            .Bigint("limit", limit + 1);
        if (inviter is { } id) statement.Text("inviter_id", id.Value);
        var page = Paging.Cut(await statement.ListAsync(Map, ct), limit, row => row.Position.ToString(CultureInfo.InvariantCulture));
        return new Page<Invite>([.. page.Items.Select(row => row.Invite)], page.Next);
    }

    public ValueTask<bool> ClaimAsync(Invite invite, AccountId account, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update invites
            set claimed_at = @now, account_id = @account_id
            where token_hash = @token_hash and application = @application and kind = @kind and email = @email
            and claimed_at is null and withdrawn_at is null and expires_at > @now
            and (kind = 'account' or account_id = @account_id)
            returning id
            """)
        .Time("now", now)
        .Text("account_id", account.Value)
        .Bytes("token_hash", [.. invite.TokenHash])
        .Text("application", invite.Application)
        .Text("kind", EnumText.Of(invite.Kind))
        .Text("email", invite.Email)
        .AnyAsync(ct);

    public ValueTask<bool> RenewAsync(Invite renewed, DateTimeOffset sentBefore, int most, CancellationToken ct) => session
        .Statement(
            """
            update invites
            set token_hash = @token_hash, sent_at = @sent_at, expires_at = @expires_at, sends = sends + 1
            where id = @id and claimed_at is null and withdrawn_at is null and sent_at < @sent_before and sends < @most
            returning id
            """)
        .Bytes("token_hash", [.. renewed.TokenHash])
        .Time("sent_at", renewed.SentAt)
        .Time("expires_at", renewed.ExpiresAt)
        .Text("id", renewed.Id)
        .Time("sent_before", sentBefore)
        .Bigint("most", most)
        .AnyAsync(ct);

    public ValueTask<bool> WithdrawAsync(string id, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update invites
            set withdrawn_at = @now
            where id = @id and claimed_at is null and withdrawn_at is null
            returning id
            """)
        .Time("now", now)
        .Text("id", id)
        .AnyAsync(ct);

    public async ValueTask WithdrawConfirmationsAsync(AccountId account, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            update invites
            set withdrawn_at = @now
            where account_id = @account_id and kind = 'confirmation' and claimed_at is null and withdrawn_at is null
            """)
        .Time("now", now)
        .Text("account_id", account.Value)
        .ExecuteAsync(ct);

    private static (long Position, Invite Invite) Map(DbDataReader row) => (row.GetInt64(0), new Invite
    {
        Id = row.GetString(1),
        Application = row.GetString(2),
        Kind = EnumText.ToInviteKind(row.GetString(3)),
        Email = row.GetString(4),
        TokenHash = row.Bytes(5),
        Inviter = row.TextOrNull(6) is { } inviter ? new AccountId(inviter) : null,
        Account = row.TextOrNull(7) is { } account ? new AccountId(account) : null,
        Locale = row.TextOrNull(8),
        CreatedAt = row.Time(9),
        SentAt = row.Time(10),
        Sends = row.GetInt32(11),
        ExpiresAt = row.Time(12),
        ClaimedAt = row.TimeOrNull(13),
        WithdrawnAt = row.TimeOrNull(14),
    });
}
