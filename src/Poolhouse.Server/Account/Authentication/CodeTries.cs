using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>
/// Tries of sign-up codes, counted before the pool sees them and for every address alike. The pool counts too, but not for an account that is confirmed
/// already, which could be told by that from one that isn't there.
/// </summary>
internal sealed class CodeTries(IDatabase database)
{
    // As the pool's own limit.
    private const int MostPerHour = 15;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Counts one.</summary>
    /// <exception cref="ProblemException">TOO_MANY_REQUESTS.</exception>
    public async ValueTask DemandAsync(AccountCall call, Application application, string email, CancellationToken ct)
    {
        var key = $"code-try/{application.Name}/{EmailAddress.Normalize(email)}";
        if (await CountAsync(key, call, ct) > MostPerHour) throw Problems.TooMany((int)Window.TotalSeconds);
    }

    /// <summary>As much work as the pool has with a wrong code: a count, and a look at a code in a transaction that comes to nothing.</summary>
    public async ValueTask PretendAsync(AccountCall call, CancellationToken ct)
    {
        await CountAsync("code-try/nobody", call, ct);
        await database.WriteAsync(
            async unit =>
            {
                await unit.Spent.IsSpentAsync("code-try/nobody", ct);
                unit.Abandon();
                return true;
            },
            ct);
    }

    private ValueTask<int> CountAsync(string key, AccountCall call, CancellationToken ct) =>
        database.WriteAsync(unit => unit.Attempts.CountAsync(key, Window, call.Now, ct), ct);
}
