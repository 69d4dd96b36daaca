using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>PASSWORD_VERIFIER: the client's half of SRP.</summary>
public sealed class PasswordVerifier(SrpProof proof) : IChallenge
{
    /// <inheritdoc/>
    public string Name => SrpProof.ChallengeName;

    /// <inheritdoc/>
    public ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct) => proof.JudgeAsync(request, ct);
}

/// <summary>SELECT_CHALLENGE: the answer names the factor, and may bring that factor's answer along.</summary>
public sealed class SelectChallenge(ChallengeStates states, FirstFactors factors) : IChallenge
{
    /// <inheritdoc/>
    public string Name => FirstFactors.SelectChallenge;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request["ANSWER"] is not { } factor) return new Refusal.MissingParameter("ANSWER");
        var opened = states.Open(request.Pool.Id, request.Client.Id, Name, request.Session, request.Now);
        if (opened.Refusal is { } refusal) return refusal;
        if (opened.Value.Username != username) return new Refusal.SessionInvalid();
        return await factors.ChooseAsync(request, username, factor, opened.Value, ct);
    }
}

/// <summary>PASSWORD and PASSWORD_SRP as challenges of their own.</summary>
public sealed class FactorAnswer(string name, ChallengeStates states, FirstFactors factors) : IChallenge
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (name == "PASSWORD" && request["PASSWORD"] is null) return new Refusal.MissingParameter("PASSWORD");
        var opened = states.Open(request.Pool.Id, request.Client.Id, Name, request.Session, request.Now);
        if (opened.Refusal is { } refusal) return refusal;
        return opened.Value.Username == username
            ? await factors.ChooseAsync(request, username, name, opened.Value, ct)
            : new Refusal.SessionInvalid();
    }
}
