using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>SMS_MFA, EMAIL_OTP and SMS_OTP: a code that was sent.</summary>
public sealed class CodeAnswer(string name, CodeProof proof) : IChallenge
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct) => proof.JudgeAsync(request, name, ct);
}
