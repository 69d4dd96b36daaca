using Poolhouse.Core.Clients;
using Poolhouse.Core.Logs;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Threats;

/// <summary>Writes events down, with the notice to the user, where the pool's threat protection is on.</summary>
public sealed class AuthEvents(IDatabase database, Catalog catalog, SecurityNotices notices, UserLogs logs, IRandom random)
{
    /// <summary>An event that is not a sign-in.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="client">The client.</param>
    /// <param name="user">Whose account.</param>
    /// <param name="type">What was tried.</param>
    /// <param name="refusal">Why it failed; null where it didn't.</param>
    /// <param name="ends">Whether it is over with that, or more is to follow.</param>
    /// <param name="origin">From where.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask RecordAsync(
        UserPool pool, AppClient client, User user, AuthEventKind type, Refusal? refusal, bool ends, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.Settings.ThreatProtection == ThreatModes.Off) return;
        var made = New(random.UuidText(), pool, client, user, type, origin, now) with
        {
            Response = refusal is not null ? AuthEventResponse.Fail : ends ? AuthEventResponse.Pass : AuthEventResponse.InProgress,
            Decision = refusal is Refusal.RequestBlocked ? RiskDecision.Block : RiskDecision.NoRisk,
            IsCompromised = refusal is Refusal.Password { Problem: PasswordProblem.Compromised } ? true : null,
        };
        await database.WriteAsync(async unit =>
        {
            // A user who was removed meanwhile has no history to write to.
            if (await unit.Users.FindAsync(pool.Id, user.Sub, ct) is null) return false;
            await unit.AuthEvents.PutAsync(made, ct);
            await logs.WriteAsync(unit, made, user, origin.RequestId, now, ct);
            return true;
        }, ct);
    }

    /// <summary>One step of a sign-in. A later step changes the event of the first one.</summary>
    public async ValueTask RecordAsync(
        SignInRequest request, SignInAttempt attempt, User user, AuthEventResponse response, AuthChallenge? challenge, CancellationToken ct)
    {
        var pool = request.Pool;
        var configuration = attempt.Action is { Notifies: true } ? await catalog.FindRiskAsync(pool.Id, request.Client.Id, ct) : null;
        await database.WriteAsync(async unit =>
        {
            if (await unit.Users.FindAsync(pool.Id, user.Sub, ct) is null) return false;
            var former = attempt.IsContinued ? await unit.AuthEvents.FindAsync(pool.Id, user.Sub, attempt.EventId, ct) : null;
            // What ended well stays so, whoever tries the same session again.
            if (former is { Response: AuthEventResponse.Pass }) return false;
            var made = former ?? New(attempt.EventId, pool, request.Client, user, AuthEventKind.SignIn, request.Origin, request.Now);
            made = made with { Response = response, Challenges = challenge is null ? made.Challenges : [.. made.Challenges, challenge] };
            if (attempt.Risk is { } risk)
            {
                made = made with { Level = risk.Level, Decision = risk.Level is null ? RiskDecision.NoRisk : RiskDecision.AccountTakeover };
            }

            if (attempt.IsBlocked) made = made with { Decision = RiskDecision.Block };
            if (attempt.IsCompromised is { } isCompromised) made = made with { IsCompromised = isCompromised };
            await unit.AuthEvents.PutAsync(made, ct);
            await logs.WriteAsync(unit, made, user, request.Origin.RequestId, request.Now, ct);
            if (configuration?.Takeover?.Notices is { } texts && notices.Of(pool, user, made, attempt.Action!, texts, request.Now) is { } notice)
                await unit.Outbox.AddAsync(await Recipients.InTheirLanguageAsync(unit, user, notice, ct), ct);
            return true;
        }, ct);
    }

    /// <summary>Takes as long as writing an event down, for a name that nobody has: the time must not tell.</summary>
    public async ValueTask PretendAsync(UserPool pool, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.Settings.ThreatProtection == ThreatModes.Off) return;
        await database.WriteAsync(unit => unit.Attempts.CountAsync($"nobody/{pool.Id}", TimeSpan.FromMinutes(1), now, ct), ct);
    }

    private static AuthEvent New(string id, UserPool pool, AppClient client, User user, AuthEventKind type, Origin origin, DateTimeOffset now) => new()
    {
        Id = id,
        PoolId = pool.Id,
        Sub = user.Sub,
        ClientId = client.Id,
        Type = type,
        Response = AuthEventResponse.InProgress,
        At = now,
        Address = origin.Address?.ToString(),
        Device = origin.Device,
        Fingerprint = origin.Fingerprint,
        HasContext = origin.HasContext,
    };
}
