using System.Diagnostics.Metrics;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;

namespace Poolhouse.Core.Telemetry;

/// <summary>Instruments about people who sign up and sign in at this node.</summary>
public sealed class SignInMetrics
{
    private readonly Counter<long> signUps;
    private readonly Counter<long> signIns;
    private readonly Counter<long> refreshes;

    /// <summary>Makes the instruments.</summary>
    public SignInMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Tracing.Name);
        signUps = meter.CreateCounter<long>("poolhouse.sign_ups", "{sign_up}", "Sign-ups by people themselves, by outcome: success, taken, overloaded, refused.");
        signIns = meter.CreateCounter<long>(
            "poolhouse.sign_ins",
            "{step}",
            "Steps of sign-ins, by outcome: success, challenge (something more is asked), wrong, locked, blocked (by threat protection), not_allowed (the account's state), expired, overloaded, refused.");
        refreshes = meter.CreateCounter<long>("poolhouse.refreshes", "{refresh}", "Refresh tokens that were presented, by outcome: success, revoked, reused, expired, refused.");
    }

    /// <summary>Counts a sign-up.</summary>
    public void SignedUp(Refusal? refusal) => signUps.Add(1, Tag(refusal switch
    {
        null => "success",
        Refusal.UsernameTaken or Refusal.AliasTaken => "taken",
        Refusal.Overloaded => "overloaded",
        _ => "refused",
    }));

    /// <summary>Counts a step of a sign-in.</summary>
    public void SignedIn(Outcome<SignInStep> outcome) => signIns.Add(1, Tag(outcome.Refusal switch
    {
        null => outcome.Value is SignInStep.Authenticated ? "success" : "challenge",
        Refusal.WrongCredentials or Refusal.UserNotFound or Refusal.ChallengeCodeMismatch or Refusal.CodeMismatch or Refusal.SoftwareTokenMismatch
            or Refusal.SoftwareTokenUsed or Refusal.PasskeyNotProven => "wrong",
        Refusal.PasswordLocked or Refusal.AttemptLimit => "locked",
        Refusal.RequestBlocked or Refusal.SignInBlocked => "blocked",
        Refusal.UserDisabled or Refusal.UserNotConfirmed or Refusal.PasswordResetRequired or Refusal.TemporaryPasswordExpired => "not_allowed",
        Refusal.SessionInvalid or Refusal.SessionSpent or Refusal.CodeExpired => "expired",
        Refusal.Overloaded => "overloaded",
        _ => "refused",
    }));

    /// <summary>Counts a refresh token.</summary>
    public void Refreshed(Refusal? refusal) => refreshes.Add(1, Tag(refusal switch
    {
        null => "success",
        Refusal.RefreshRevoked or Refusal.RefreshUserDeleted => "revoked",
        Refusal.RefreshReused => "reused",
        Refusal.RefreshExpired => "expired",
        _ => "refused",
    }));

    // Constants only: each value is a time series.
    private static KeyValuePair<string, object?> Tag(string outcome) => new("outcome", outcome);
}
