using Poolhouse.Core.Primitives;
using Poolhouse.Core.Totp;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>
/// SOFTWARE_TOKEN_MFA: a code of an authenticator app. A wrong one does not spend the session: clients disagree about what Amazon
/// does (section 8 of what is contested), and the lock on guessing does not depend on sessions.
/// </summary>
public sealed class SoftwareTokenMfa(ChallengedUsers users, SoftwareTokens tokens, CodeGuesses guesses, Completion completion) : IChallenge
{
    private const string Parameter = "SOFTWARE_TOKEN_MFA_CODE";

    /// <inheritdoc/>
    public string Name => FurtherChallenges.SoftwareTokenMfa;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request[Parameter] is not { } code) return new Refusal.MissingParameter(Parameter);
        var opened = await users.OpenAsync(request, Name, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        if (user is null) return new Refusal.SessionInvalid();
        if (!await guesses.AdmitAsync(request.Pool, state, request.Now, ct)) return new Refusal.AttemptLimit();
        var judged = await tokens.JudgeAsync(request.Pool, user, code, request.Now, ct);
        if (judged.Refusal is { } wrong) return wrong;
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        return await completion.SignInAsync(request, user, state, unit => SoftwareTokens.UseAsync(unit, user, judged.Value, ct), ct);
    }
}
