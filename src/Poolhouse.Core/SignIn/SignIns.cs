using System.Collections.Frozen;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Core.SignIn;

/// <summary>The table of ways to begin and to continue a sign-in, and who may use them.</summary>
public sealed class SignIns(IEnumerable<IFlow> flows, IEnumerable<IChallenge> challenges, SignInWatch watch, PreAuthentications preAuthentications, SignInMetrics metrics)
{
    private readonly FrozenDictionary<string, IFlow> _flows = flows.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly FrozenDictionary<string, IChallenge> _challenges = challenges.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>Begins, if the client may.</summary>
    public async ValueTask<Outcome<SignInStep>> StartAsync(string flow, SignInRequest request, CancellationToken ct)
    {
        if (!_flows.TryGetValue(flow, out var handler)) return new Refusal.FlowNotEnabled(flow);
        // Observed: a rotating client hears of rotation before it hears of flows.
        var isRefresh = flow is "REFRESH_TOKEN" or "REFRESH_TOKEN_AUTH";
        if (isRefresh && request.Client.Settings.Rotation is { IsEnabled: true }) return new Refusal.RotationNeedsOtherCall();
        if ((AuthFlowNames.Allowed(request.Client.Settings) & Needed(flow)) == AuthFlows.None) return new Refusal.FlowNotEnabled(flow);
        if (isRefresh) return await handler.StartAsync(request, ct);
        if (WhyNot(request) is { } refusal) return refusal;
        // The pool's function hears of it only where no range is blocked.
        return Counted(await watch.RunAsync(
            flow,
            request,
            async (step, token) => await preAuthentications.AskAsync(step, token) is { } objection ? objection : await handler.StartAsync(step, token),
            ct));
    }

    /// <summary>Continues. The challenge's own session says whether it was ever begun.</summary>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(string challenge, SignInRequest request, CancellationToken ct)
    {
        if (!_challenges.TryGetValue(challenge, out var handler)) return new Refusal.SessionInvalid();
        if (WhyNot(request) is { } refusal) return refusal;
        return Counted(await watch.RunAsync(challenge, request, handler.RespondAsync, ct));
    }

    private Outcome<SignInStep> Counted(Outcome<SignInStep> outcome)
    {
        metrics.SignedIn(outcome);
        return outcome;
    }

    private static Refusal? WhyNot(SignInRequest request)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        var proof = SecretHash.Check(request.Client, username, request["SECRET_HASH"]);
        return proof == ClientProof.Valid ? null : new Refusal.Client(proof);
    }

    private static AuthFlows Needed(string flow) => flow switch
    {
        "USER_SRP_AUTH" => AuthFlows.Srp,
        "USER_PASSWORD_AUTH" => AuthFlows.Password,
        "ADMIN_USER_PASSWORD_AUTH" or "ADMIN_NO_SRP_AUTH" => AuthFlows.AdminPassword,
        "USER_AUTH" => AuthFlows.Choice,
        "CUSTOM_AUTH" => AuthFlows.Custom,
        _ => AuthFlows.Refresh,
    };
}
