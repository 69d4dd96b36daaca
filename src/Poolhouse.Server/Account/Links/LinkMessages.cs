using System.Globalization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Links;

/// <summary>What is mailed about links: the code, and notices to both owners.</summary>
internal sealed class LinkMessages(Applications applications, Catalog catalog, IRandom random)
{
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(3);

    /// <summary>
    /// The code's mail. Where nobody has the address it is one whose time was over before it began: as much work as any other, and never sent.
    /// </summary>
    public async ValueTask<OutboxMessage> CodeAsync(
        AccountCall call, Application application, LinkRequest request, SeenUser? user, string digits, CancellationToken ct) =>
        await OfAsync(MessageKind.LinkCode, application.PoolId, request.Email, user?.Locale ?? call.Language, call.Now, ct) with
        {
            Code = digits,
            NotAfter = user is null ? call.Now.AddSeconds(-1) : request.ExpiresAt,
            SupersedeKey = $"link/{request.Account}/{request.Application}",
        };

    /// <summary>Tells both owners of a link.</summary>
    public ValueTask<IReadOnlyList<OutboxMessage>> CreatedAsync(AccountCall call, Core.Accounts.Account other, CancellationToken ct) =>
        NoticesAsync(MessageKind.AccountsLinked, call, other, ct);

    /// <summary>Tells both owners that a link has ended.</summary>
    public ValueTask<IReadOnlyList<OutboxMessage>> RemovedAsync(AccountCall call, Core.Accounts.Account other, CancellationToken ct) =>
        NoticesAsync(MessageKind.AccountsUnlinked, call, other, ct);

    private async ValueTask<IReadOnlyList<OutboxMessage>> NoticesAsync(MessageKind kind, AccountCall call, Core.Accounts.Account other, CancellationToken ct)
    {
        var notices = new List<OutboxMessage>();
        foreach (var (told, linked) in new[] { (call.Account, other), (other, call.Account) })
        {
            // Only a verified address: anybody can write any other into a profile.
            if (told.Email is not { } email) continue;
            var notice = await OfAsync(kind, told.PoolId, email, told.Locale, call.Now, ct);
            notices.Add(notice with
            {
                Details =
                [
                    call.Now.ToString("R", CultureInfo.InvariantCulture),
                    call.Origin.Device,
                    call.Origin.Address?.ToString() ?? "unknown",
                    applications.Find(linked.Application)?.Title ?? linked.Application,
                ],
                NotAfter = call.Now + NoticeLifetime,
            });
        }

        return notices;
    }

    private async ValueTask<OutboxMessage> OfAsync(MessageKind kind, PoolId pool, string to, string? locale, DateTimeOffset now, CancellationToken ct)
    {
        var sender = (await catalog.FindPoolAsync(pool, ct))?.Settings.Sender;
        return new OutboxMessage
        {
            Id = random.UuidText(),
            PoolId = pool,
            Kind = kind,
            Channel = MessageChannel.Email,
            To = to,
            Locale = locale,
            From = sender?.From,
            ReplyTo = sender?.ReplyTo,
            CreatedAt = now,
            NotAfter = now,
        };
    }
}
