using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn.Flows;

/// <summary>
/// USER_AUTH: the client names the factor it prefers, or is told which there are. A session of ConfirmSignUp stands for the
/// password that was just chosen, which is how aws-amplify's autoSignIn works.
/// </summary>
public sealed class ChoiceFlow(IDatabase database, ChallengeStates states, Completion completion, StepUpRequests stepUps, FirstFactors factors) : IFlow
{
    /// <inheritdoc/>
    public string Name => "USER_AUTH";

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request.Session is not null) return await ResumeSignUpAsync(request, username, ct);
        var read = await stepUps.ReadAsync(request, ct);
        return read.Refusal is { } refusal ? refusal : await factors.BeginAsync(read.Value.Request, username, request["PREFERRED_CHALLENGE"], read.Value.Wish, ct);
    }

    private async ValueTask<Outcome<SignInStep>> ResumeSignUpAsync(SignInRequest request, string username, CancellationToken ct)
    {
        var opened = states.Open(request.Pool.Id, request.Client.Id, SignUpSessions.Confirmed, request.Session, request.Now);
        if (opened.Refusal is { } refusal) return refusal;
        var state = opened.Value;
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(request.Pool.Id, request.Pool.Normalize(username), ct), ct);
        if (user is null || user.Sub.Value != state.Sub) return new Refusal.SessionInvalid();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        return user.Status == UserStatus.Confirmed ? await completion.AfterFirstFactorAsync(request, user, state, ct) : new Refusal.SessionInvalid();
    }
}
