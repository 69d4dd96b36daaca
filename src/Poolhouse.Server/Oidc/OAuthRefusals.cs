using Poolhouse.Core;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Server.Oidc;

/// <summary>Core's refusals in the words that the OAuth endpoints have for them (observed where Cognito's are known).</summary>
internal static class OAuthRefusals
{
    /// <summary>For a browser that comes back from a provider.</summary>
    public static OAuthException OfSignIn(Refusal refusal) => refusal switch
    {
        Refusal.TriggerFailed failed => OAuthException.InvalidRequest($"{failed.Kind} failed with error {failed.Message}. "),
        Refusal.TriggerUnreachable unreachable => OAuthException.InvalidRequest($"{unreachable.Kind} invocation failed due to error {unreachable.Reason}."),
        Refusal.TriggerAnswerInvalid => OAuthException.InvalidRequest("Unrecognizable lambda output"),
        Refusal.Attributes { Problem: AttributeProblem.Required missing } => OAuthException.InvalidRequest($"attributes required: [{missing.Name}]"),
        Refusal.Attributes { Problem: AttributeProblem.Immutable immutable } => OAuthException.InvalidRequest($"user.{immutable.Name}: Attribute cannot be updated."),
        Refusal.Attributes => OAuthException.InvalidRequest("An attribute of the identity provider does not fit the user pool."),
        Refusal.UserDisabled => OAuthException.InvalidRequest("User is disabled."),
        Refusal.UserNotConfirmed => OAuthException.InvalidRequest("User is not confirmed."),
        Refusal.PasswordResetRequired or Refusal.TemporaryPasswordExpired => OAuthException.InvalidRequest("Password reset required for the user"),
        Refusal.UsernameTaken or Refusal.AliasTaken => OAuthException.InvalidRequest("Already found an entry for username."),
        _ => new OAuthException("server_error", "The sign-in could not be finished. Try again."),
    };

    /// <summary>For the token endpoint.</summary>
    public static OAuthException OfGrant(Refusal refusal) => refusal switch
    {
        Refusal.TriggerFailed failed => new OAuthException("invalid_grant", $"{failed.Kind} failed with error {failed.Message}."),
        Refusal.TriggerUnreachable or Refusal.TriggerAnswerInvalid => new OAuthException("invalid_grant", "The pre token generation function failed."),
        Refusal.ScopeUnknown => new OAuthException("invalid_scope"),
        _ => new OAuthException("invalid_grant"),
    };
}
