using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Server.Account.Links;

/// <summary>An account's links as they are shown.</summary>
internal sealed class LinkList(Applications applications, IDatabase database)
{
    /// <summary>All of them.</summary>
    public async ValueTask<LinksAnswer> ReadAsync(Core.Accounts.Account account, CancellationToken ct) => new([.. (await FindAsync(account, ct)).Select(Of)]);

    /// <summary>One of them.</summary>
    /// <exception cref="Pipeline.ProblemException">The account has none of that id.</exception>
    public async ValueTask<AccountLink> DemandAsync(Core.Accounts.Account account, string id, CancellationToken ct) =>
        (await FindAsync(account, ct)).FirstOrDefault(link => link.Id == id) ?? throw Problems.NotFound();

    /// <summary>One as it is shown.</summary>
    public LinkAnswer Of(AccountLink link) => new(
        link.Id,
        link.Other.Application,
        applications.Find(link.Other.Application)?.Title ?? link.Other.Application,
        link.Other.Username ?? (link.Other.Email is { } email ? Addresses.Mask(email) : null),
        link.CreatedAt);

    private ValueTask<IReadOnlyList<AccountLink>> FindAsync(Core.Accounts.Account account, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Links.ListAsync(account.Id, ct), ct);
}
