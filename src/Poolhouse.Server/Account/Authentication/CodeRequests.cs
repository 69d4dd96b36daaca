using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>
/// Wishes for codes, written down in one row whatever is known of the address: what the pool does with them happens behind the answer, so that its
/// time tells nothing.
/// </summary>
internal sealed class CodeRequests(IDatabase database, CodeRequestSignal signal, IRandom random)
{
    // As the pool's own limit on codes for a user; counted for every address alike, or the refusal would tell.
    private const int MostPerHour = 5;

    /// <summary>Writes one down.</summary>
    public async ValueTask AddAsync(AccountCall call, Application application, string email, CodeRequestPurpose purpose, CancellationToken ct)
    {
        var request = New(call, application, email, purpose);
        await database.WriteAsync(
            async unit =>
            {
                await unit.CodeRequests.AddAsync(request, ct);
                return true;
            },
            ct);
        signal.Notify();
    }

    /// <summary>Writes one down that the person asked for.</summary>
    /// <exception cref="ProblemException">TOO_MANY_REQUESTS: the address got enough.</exception>
    public async ValueTask DemandAsync(AccountCall call, Application application, string email, CodeRequestPurpose purpose, CancellationToken ct)
    {
        var request = New(call, application, email, purpose);
        var isAdmitted = await database.WriteAsync(
            async unit =>
            {
                var key = $"code-request/{application.Name}/{purpose}/{EmailAddress.Normalize(email)}";
                if (await unit.Attempts.CountAsync(key, TimeSpan.FromHours(1), call.Now, ct) > MostPerHour) return false;
                await unit.CodeRequests.AddAsync(request, ct);
                return true;
            },
            ct);
        if (!isAdmitted) throw Problems.TooMany((int)TimeSpan.FromHours(1).TotalSeconds);
        signal.Notify();
    }

    private CodeRequest New(AccountCall call, Application application, string email, CodeRequestPurpose purpose) => new()
    {
        Id = random.UuidText(),
        Application = application.Name,
        Email = email,
        Purpose = purpose,
        Language = call.RequestedLanguage,
        Address = call.Origin.Address?.ToString(),
        UserAgent = call.Origin.UserAgent,
        CreatedAt = call.Now,
    };
}

/// <summary>Wakes the worker of this node: somebody is to get a code.</summary>
internal sealed class CodeRequestSignal(TimeProvider clock) : WakeSignal(clock);
