using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
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
    public ValueTask DemandAsync(AccountCall call, Application application, string email, CodeRequestPurpose purpose, CancellationToken ct) =>
        DemandAsync(New(call, application, email, purpose), application, ct);

    /// <summary>The same for who speaks over a WebSocket: the language is the account's.</summary>
    /// <exception cref="ProblemException">TOO_MANY_REQUESTS: the address got enough.</exception>
    public ValueTask DemandAsync(Application application, string email, CodeRequestPurpose purpose, Origin origin, DateTimeOffset now, CancellationToken ct) =>
        DemandAsync(New(application, email, purpose, language: null, origin, now), application, ct);

    private async ValueTask DemandAsync(CodeRequest request, Application application, CancellationToken ct)
    {
        var isAdmitted = await database.WriteAsync(
            async unit =>
            {
                var key = $"code-request/{application.Name}/{request.Purpose}/{EmailAddress.Normalize(request.Email)}";
                if (await unit.Attempts.CountAsync(key, TimeSpan.FromHours(1), request.CreatedAt, ct) > MostPerHour) return false;
                await unit.CodeRequests.AddAsync(request, ct);
                return true;
            },
            ct);
        if (!isAdmitted) throw Problems.TooMany((int)TimeSpan.FromHours(1).TotalSeconds);
        signal.Notify();
    }

    private CodeRequest New(AccountCall call, Application application, string email, CodeRequestPurpose purpose) =>
        New(application, email, purpose, call.RequestedLanguage, call.Origin, call.Now);

    private CodeRequest New(Application application, string email, CodeRequestPurpose purpose, string? language, Origin origin, DateTimeOffset now) => new()
    {
        Id = random.UuidText(),
        Application = application.Name,
        Email = email,
        Purpose = purpose,
        Language = language,
        Address = origin.Address?.ToString(),
        UserAgent = origin.UserAgent,
        CreatedAt = now,
    };
}

/// <summary>Wakes the worker of this node: somebody is to get a code.</summary>
internal sealed class CodeRequestSignal(TimeProvider clock) : WakeSignal(clock);
