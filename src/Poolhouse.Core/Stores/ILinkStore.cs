using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Codes;

namespace Poolhouse.Core.Stores;

/// <summary>Links of accounts between applications.</summary>
public interface ILinkStore
{
    /// <summary>Stores a request in place of the account's earlier one in that application.</summary>
    ValueTask RequestAsync(LinkRequest request, CancellationToken ct);

    /// <summary>Tries a code: each call counts, and the right one spends the request. Answers the request where it was right.</summary>
    /// <param name="id">The request.</param>
    /// <param name="account">Who asks; somebody else's request is none.</param>
    /// <param name="hash">Of the code.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<(CodeOutcome Outcome, LinkRequest? Request)> TryAsync(string id, AccountId account, byte[] hash, DateTimeOffset now, CancellationToken ct);

    /// <summary>Links two accounts of different applications. Where the outcome is not Linked nothing has changed, provided the unit is abandoned.</summary>
    ValueTask<(LinkOutcome Outcome, string Id)> LinkAsync(string id, Account one, Account other, DateTimeOffset now, CancellationToken ct);

    /// <summary>An account's links, by application; at most as many as there are applications.</summary>
    ValueTask<IReadOnlyList<AccountLink>> ListAsync(AccountId account, CancellationToken ct);

    /// <summary>Ends a link of the account; false where it has no such link (any more).</summary>
    ValueTask<bool> UnlinkAsync(string id, AccountId account, CancellationToken ct);
}
