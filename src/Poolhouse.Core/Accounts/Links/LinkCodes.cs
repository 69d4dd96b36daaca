using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Links;

/// <summary>Codes that prove an account of another application: made, counted and tried.</summary>
public sealed class LinkCodes(Sealer sealer, IRandom random)
{
    /// <summary>Requests of one account, and mails to one address, in <see cref="Window"/>.</summary>
    public const int MostRequests = 5;

    /// <summary>See <see cref="MostRequests"/>.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>An id for a link or a request.</summary>
    public string NewId() => random.UuidText();

    /// <summary>A request with its code.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="application">The other application.</param>
    /// <param name="email">In lower case.</param>
    /// <param name="user">Who has the address there; null for nobody, and then no code is right.</param>
    /// <param name="now">When.</param>
    public (LinkRequest Request, string Digits) New(AccountId account, Application application, string email, SeenUser? user, DateTimeOffset now)
    {
        var (id, digits) = (NewId(), random.Digits(LinkRequest.CodeLength));
        var request = new LinkRequest
        {
            Id = id,
            Account = account,
            Application = application.Name,
            Email = email,
            PoolUsername = user?.Username,
            Sub = user?.Sub,
            Hash = LinkRequest.HashOf(sealer, id, account, digits),
            ExpiresAt = now + LinkRequest.Lifetime,
        };
        return (request, digits);
    }

    /// <summary>Stores a request; false where its account has asked, or its address was mailed to, often enough, whether anybody has the address or not.</summary>
    public static async ValueTask<bool> TryRequestAsync(IUnitOfWork unit, LinkRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await unit.Attempts.CountAsync($"link/{request.Account}", Window, now, ct);
        var mailed = await unit.Attempts.CountAsync($"link/{request.Application}/{request.Email}", Window, now, ct);
        if (asked > MostRequests || mailed > MostRequests) return false;
        await unit.Links.RequestAsync(request, ct);
        return true;
    }

    /// <summary>Tries a code; the request where it is right.</summary>
    public ValueTask<(CodeOutcome Outcome, LinkRequest? Request)> TryAsync(
        IUnitOfWork unit, string id, AccountId account, string digits, DateTimeOffset now, CancellationToken ct) =>
        unit.Links.TryAsync(id, account, LinkRequest.HashOf(sealer, id, account, digits), now, ct);
}
