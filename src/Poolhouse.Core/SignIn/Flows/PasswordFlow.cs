using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Flows;

/// <summary>USER_PASSWORD_AUTH, and ADMIN_USER_PASSWORD_AUTH with its old name ADMIN_NO_SRP_AUTH.</summary>
public sealed class PasswordFlow(string name, PasswordProof proof) : IFlow
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request["PASSWORD"] is not { } password) return new Refusal.MissingParameter("PASSWORD");
        return await proof.JudgeAsync(request, username, password, spends: null, ct);
    }
}
