using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.SignIn.Flows;

/// <summary>CUSTOM_AUTH, with <c>CHALLENGE_NAME=SRP_A</c> and SRP_A or without.</summary>
public sealed class CustomFlow(IDatabase database, CustomAuth customAuth, SrpProof srp, Completion completion) : IFlow
{
    /// <inheritdoc/>
    public string Name => "CUSTOM_AUTH";

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct)
    {
        var pool = request.Pool;
        if (request["USERNAME"] is not { } typed) return new Refusal.MissingParameter("USERNAME");
        if (pool.Settings.Triggers.DefineAuthChallenge is null) return new Refusal.CustomAuthNotConfigured();
        var first = request["CHALLENGE_NAME"];
        if (first is not (null or CustomAuth.SrpA)) return new Refusal.InvalidParameter("Unsupported CHALLENGE_NAME.");
        if (first is not null && request["SRP_A"] is null) return new Refusal.MissingParameter("SRP_A");
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(typed), ct), ct);
        if (user is null && !request.HidesUsers) return new Refusal.UserNotFound();

        var progress = first is null ? new CustomProgress() : new CustomProgress().With(CustomAuth.SrpA);
        var decided = await customAuth.DecideAsync(request, user?.Username ?? typed, user, progress, ct);
        if (decided.Refusal is { } refusal) return refusal;
        return decided.Value switch
        {
            CustomDecision.Ask ask => ask.Step,
            CustomDecision.AskPassword when request["SRP_A"] is { } srpA => await srp.ChallengeAsync(request, typed, srpA, progress, ct),
            CustomDecision.Finish => await completion.FinishAsync(request, user!, progress, ct),
            _ => new Refusal.TriggerAnswerInvalid(),
        };
    }
}
