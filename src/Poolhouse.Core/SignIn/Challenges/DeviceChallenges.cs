using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>DEVICE_SRP_AUTH: the device begins its proof.</summary>
public sealed class DeviceSrpAuth(DeviceProof proof) : IChallenge
{
    /// <inheritdoc/>
    public string Name => DeviceStep.SrpAuth;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is null) return new Refusal.MissingParameter("USERNAME");
        if (request.DeviceKey is null) return new Refusal.MissingParameter("DEVICE_KEY");
        if (request["SRP_A"] is not { } srpA) return new Refusal.MissingParameter("SRP_A");
        return await proof.ChallengeAsync(request, srpA, ct);
    }
}

/// <summary>DEVICE_PASSWORD_VERIFIER: the device ends its proof.</summary>
public sealed class DevicePasswordVerifier(DeviceProof proof) : IChallenge
{
    /// <inheritdoc/>
    public string Name => DeviceStep.PasswordVerifier;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is null) return new Refusal.MissingParameter("USERNAME");
        if (request["PASSWORD_CLAIM_SECRET_BLOCK"] is not { } block) return new Refusal.MissingParameter("PASSWORD_CLAIM_SECRET_BLOCK");
        if (request["PASSWORD_CLAIM_SIGNATURE"] is not { } signature) return new Refusal.MissingParameter("PASSWORD_CLAIM_SIGNATURE");
        if (request["TIMESTAMP"] is not { } timestamp) return new Refusal.MissingParameter("TIMESTAMP");
        return await proof.JudgeAsync(request, block, signature, timestamp, ct);
    }
}
