using System.Globalization;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Me;

/// <summary><c>GET me/history</c>: newest first.</summary>
internal sealed record HistoryAnswer(IReadOnlyList<HistoryEntry> Entries, string? Next);

/// <summary>Something that happened to the account.</summary>
/// <param name="Kind">Such as <c>signed_in</c>, <c>password_changed</c>, or an entry of the audit log, dotted.</param>
/// <param name="At">When.</param>
/// <param name="Device">Browser and system; null where none is known.</param>
/// <param name="Address">Network address; null where none is known.</param>
internal sealed record HistoryEntry(string Kind, DateTimeOffset At, string? Device, string? Address);

/// <summary>What happened to the caller's account: at its pool, and here.</summary>
internal sealed class History(IDatabase database)
{
    private const int PageSize = 50;

    /// <summary>Answers the route. <c>before</c> is <c>next</c> of the page before: a time.</summary>
    public async ValueTask<IResult> GetAsync(AccountCall call, CancellationToken ct)
    {
        var given = call.Http.Request.Query["before"].ToString();
        var before = DateTimeOffset.MaxValue;
        if (given.Length > 0)
        {
            var errors = new FieldErrors();
            if (!DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out before)) errors.Invalid("before");
            errors.ThrowIfAny();
        }

        var entries = await ReadAsync(call.Account, before, PageSize, ct);
        var next = entries.Count == PageSize ? entries[^1].At.ToString("O", CultureInfo.InvariantCulture) : null;
        return Results.Json(new HistoryAnswer(entries, next), AccountJson.Default.HistoryAnswer);
    }

    /// <summary>Entries before a time, newest first.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(Core.Accounts.Account account, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var (events, audit) = await database.ReadAsync(
            async stores => (
                await stores.Events.ListBeforeAsync(account.PoolId, account.Sub, before, limit, ct),
                await stores.Audit.ListBeforeAsync(account.Id, before, limit, ct)),
            ct);
        return
        [
            .. events.Select(e => new HistoryEntry(HomeActivities.Name(e.Kind), e.At, e.Device, e.Address))
                .Concat(audit.Select(a => new HistoryEntry(a.Kind, a.At, a.Device, a.Address)))
                .OrderByDescending(e => e.At)
                .Take(limit),
        ];
    }
}
