using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// Stands around every step of a sign-in where the pool's threat protection is on: keeps blocked ranges out before anything is
/// looked at, and writes down what became of the step. What is done about a risk is decided within, by <see cref="Completion"/>.
/// </summary>
public sealed class SignInWatch(IDatabase database, ThreatProtection threats, AuthEvents events, ChallengeStates states, IRandom random)
{
    /// <summary>Runs a step.</summary>
    /// <param name="name">The flow or the challenge.</param>
    /// <param name="request">The step.</param>
    /// <param name="step">What it does.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> RunAsync(
        string name, SignInRequest request, Func<SignInRequest, CancellationToken, ValueTask<Outcome<SignInStep>>> step, CancellationToken ct)
    {
        if (request.Pool.Settings.ThreatProtection == ThreatModes.Off) return await step(request, ct);
        // A proof by SRP has its state in the block that comes back with it.
        var begun = states.EventOf(request.Pool.Id, request.Session) ?? states.EventOfBlock(request.Pool.Id, request["PASSWORD_CLAIM_SECRET_BLOCK"]);
        var attempt = new SignInAttempt { EventId = begun ?? random.UuidText(), IsContinued = begun is not null };
        request = request with { Attempt = attempt };
        var outcome = await threats.WhyNotAsync(request.Pool, request.Client, request.Origin, ct) is { } blocked ? blocked : await step(request, ct);
        if (outcome.Refusal is Refusal.RequestBlocked) attempt.IsBlocked = true;
        if (ResponseOf(outcome, attempt) is { } response) await RecordAsync(name, request, attempt, outcome, response, ct);
        return outcome;
    }

    private async ValueTask RecordAsync(
        string name, SignInRequest request, SignInAttempt attempt, Outcome<SignInStep> outcome, AuthEventResponse response, CancellationToken ct)
    {
        var user = attempt.User ?? await database.ReadAsync(
            stores => stores.Users.FindByNameAsync(request.Pool.Id, request.Pool.Normalize(request["USERNAME"] ?? ""), ct), ct);
        if (user is null) await events.PretendAsync(request.Pool, request.Now, ct);
        else await events.RecordAsync(request, attempt, user, response, ChallengeOf(name, request, attempt, user, outcome.Refusal), ct);
    }

    // A request that is wrong in itself is no attempt at an account, and one that asks for a first factor none yet.
    private static AuthEventResponse? ResponseOf(Outcome<SignInStep> outcome, SignInAttempt attempt) => outcome.Refusal switch
    {
        Refusal.WrongCredentials or Refusal.PasswordLocked or Refusal.AttemptLimit or Refusal.UserNotFound or Refusal.ChallengeCodeMismatch
            or Refusal.PasskeyNotProven or Refusal.SoftwareTokenMismatch or Refusal.SoftwareTokenUsed or Refusal.UserDisabled or Refusal.UserNotConfirmed
            or Refusal.PasswordResetRequired or Refusal.TemporaryPasswordExpired or Refusal.RequestBlocked or Refusal.SignInBlocked
            or Refusal.Password { Problem: PasswordProblem.Compromised } => AuthEventResponse.Fail,
        not null => null,
        _ when outcome.Value is SignInStep.Authenticated => AuthEventResponse.Pass,
        _ => attempt.User is null ? null : AuthEventResponse.InProgress,
    };

    private static AuthChallenge? ChallengeOf(string name, SignInRequest request, SignInAttempt attempt, User user, Refusal? refusal)
    {
        if (refusal is Refusal.RequestBlocked) return null;
        // Blocked or told to reset: the answer was right all the same.
        var isRight = refusal is null or Refusal.SignInBlocked or Refusal.PasswordResetRequired or Refusal.UserDisabled or Refusal.UserNotConfirmed
            or Refusal.TemporaryPasswordExpired;
        // Who was imported without a password is told to reset whatever was typed.
        var isRightPassword = isRight && user.Password is not null;
        return name switch
        {
            "USER_PASSWORD_AUTH" or "ADMIN_USER_PASSWORD_AUTH" or "ADMIN_NO_SRP_AUTH" or "PASSWORD_VERIFIER" or "PASSWORD" or "PASSWORD_SRP" =>
                new AuthChallenge("Password", isRightPassword),
            "USER_AUTH" or "SELECT_CHALLENGE" when request["PASSWORD"] is not null => new AuthChallenge("Password", isRightPassword),
            MfaFactors.Sms or MfaFactors.SoftwareToken => new AuthChallenge("Mfa", isRight),
            MfaFactors.Email or FirstFactorRules.SmsOtp when attempt.IsContinued => new AuthChallenge("Mfa", isRight),
            _ => null,
        };
    }
}
