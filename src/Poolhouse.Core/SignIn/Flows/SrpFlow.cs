using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Flows;

/// <summary>USER_SRP_AUTH.</summary>
public sealed class SrpFlow(SrpProof proof) : IFlow
{
    /// <inheritdoc/>
    public string Name => "USER_SRP_AUTH";

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request["SRP_A"] is not { } srpA) return new Refusal.MissingParameter("SRP_A");
        return await proof.ChallengeAsync(request, username, srpA, custom: null, ct);
    }
}
