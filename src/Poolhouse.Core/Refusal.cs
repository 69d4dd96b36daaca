using Poolhouse.Core.Clients;
using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core;

/// <summary>
/// Everything a caller can be refused for. Core names the fact; each surface decides the error's name, its words and what of it
/// may be told (the same fact is UserNotFoundException, NotAuthorizedException or invalid_grant).
/// </summary>
public abstract record Refusal
{
    private Refusal() { }

    /// <summary>No such user in the pool.</summary>
    public sealed record UserNotFound : Refusal;

    /// <summary>Wrong name, password or proof; says no more on purpose.</summary>
    public sealed record WrongCredentials : Refusal;

    /// <summary>Too many wrong passwords; locked for a while.</summary>
    public sealed record PasswordLocked : Refusal;

    /// <summary>Too many attempts of one kind within the hour.</summary>
    public sealed record AttemptLimit : Refusal;

    /// <summary>The server has more password hashing to do than it can; try again.</summary>
    public sealed record Overloaded : Refusal;

    /// <summary>The account is disabled.</summary>
    public sealed record UserDisabled : Refusal;

    /// <summary>The account is not confirmed.</summary>
    public sealed record UserNotConfirmed : Refusal;

    /// <summary>The password must be reset first.</summary>
    public sealed record PasswordResetRequired : Refusal;

    /// <summary>The temporary password is too old.</summary>
    public sealed record TemporaryPasswordExpired : Refusal;

    /// <summary>What was asked does not go with the account's status.</summary>
    public sealed record WrongStatus(UserStatus Current) : Refusal;

    /// <summary>Only administrators make users here.</summary>
    public sealed record SignUpNotPermitted : Refusal;

    /// <summary>Another user has the name.</summary>
    public sealed record UsernameTaken : Refusal;

    /// <summary>Another user holds the alias.</summary>
    public sealed record AliasTaken(string Attribute) : Refusal;

    /// <summary>The username is not of the form the pool asks.</summary>
    public sealed record UsernameForm(UsernameProblem Problem) : Refusal;

    /// <summary>The attributes are not acceptable.</summary>
    public sealed record Attributes(AttributeProblem Problem) : Refusal;

    /// <summary>The password is not acceptable.</summary>
    public sealed record Password(PasswordProblem Problem) : Refusal;

    /// <summary>The code is wrong.</summary>
    public sealed record CodeMismatch : Refusal;

    /// <summary>No code is live.</summary>
    public sealed record CodeExpired : Refusal;

    /// <summary>The code of a sign-in challenge is wrong.</summary>
    public sealed record ChallengeCodeMismatch : Refusal;

    /// <summary>The code of an authenticator app is wrong.</summary>
    public sealed record SoftwareTokenMismatch : Refusal;

    /// <summary>The code of an authenticator app was used before.</summary>
    public sealed record SoftwareTokenUsed : Refusal;

    /// <summary>The code that was to prove a new authenticator app is wrong.</summary>
    public sealed record SoftwareTokenUnproven : Refusal;

    /// <summary>The user has no authenticator app, or none that waits for its first code.</summary>
    public sealed record SoftwareTokenMissing : Refusal;

    /// <summary>The pool has no authenticator apps.</summary>
    public sealed record SoftwareTokenNotAllowed : Refusal;

    /// <summary>The user can't be asked for the second factor that was chosen.</summary>
    public sealed record MfaMethodNotFound : Refusal;

    /// <summary>The preference for second factors is not acceptable.</summary>
    public sealed record MfaPreference(MfaProblem Problem, string Factor) : Refusal;

    /// <summary>The passkey is not registered, listed or deleted.</summary>
    public sealed record Passkey(PasskeyProblem Problem) : Refusal;

    /// <summary>The passkey did not prove who signs in; says no more on purpose.</summary>
    public sealed record PasskeyNotProven : Refusal;

    /// <summary>The level of authentication can't be aimed at.</summary>
    public sealed record StepUp(StepUpProblem Problem) : Refusal;

    /// <summary>The access token that a sign-in begins from is not accepted.</summary>
    public sealed record AccessToken(AccessTokenProblem Problem) : Refusal;

    /// <summary>The pool's tier lacks the feature.</summary>
    public sealed record NotInTier(string Feature) : Refusal;

    /// <summary>There is no address to send a code to.</summary>
    public sealed record NoDestination : Refusal;

    /// <summary>Only e-mail addresses and phone numbers can be verified.</summary>
    public sealed record NotVerifiable : Refusal;

    /// <summary>The client did not prove its secret.</summary>
    public sealed record Client(ClientProof Proof) : Refusal;

    /// <summary>The client may not use this flow.</summary>
    public sealed record FlowNotEnabled(string Flow) : Refusal;

    /// <summary>A parameter of a flow or challenge is missing.</summary>
    public sealed record MissingParameter(string Name) : Refusal;

    /// <summary>A parameter of a flow or challenge is not of its form.</summary>
    public sealed record InvalidParameter(string Message) : Refusal;

    /// <summary>The challenge session was used before.</summary>
    public sealed record SessionSpent : Refusal;

    /// <summary>The challenge session is too old.</summary>
    public sealed record SessionExpired : Refusal;

    /// <summary>No such challenge session, or one of another user, client or kind.</summary>
    public sealed record SessionInvalid : Refusal;

    /// <summary>The user has no such device.</summary>
    public sealed record DeviceNotFound : Refusal;

    /// <summary>The device is registered already.</summary>
    public sealed record DeviceKeyExists : Refusal;

    /// <summary>The key is not the one that the caller's sign-in was given.</summary>
    public sealed record DeviceKeyInvalid : Refusal;

    /// <summary>The refresh token is not one, of another pool, or comes without the device it is bound to.</summary>
    public sealed record RefreshInvalid : Refusal;

    /// <summary>The refresh token is another client's.</summary>
    public sealed record RefreshOfOtherClient : Refusal;

    /// <summary>The refresh token was revoked.</summary>
    public sealed record RefreshRevoked : Refusal;

    /// <summary>The refresh token is too old.</summary>
    public sealed record RefreshExpired : Refusal;

    /// <summary>The refresh token was replaced, and its grace is over.</summary>
    public sealed record RefreshReused : Refusal;

    /// <summary>The refresh token's user is gone.</summary>
    public sealed record RefreshUserDeleted : Refusal;

    /// <summary>This way of refreshing does not rotate, and the client does.</summary>
    public sealed record RotationNeedsOtherCall : Refusal;

    /// <summary>The request comes from where the pool takes none from.</summary>
    public sealed record RequestBlocked : Refusal;

    /// <summary>The sign-in was blocked for its risk.</summary>
    public sealed record SignInBlocked : Refusal;

    /// <summary>The pool has no such identity provider.</summary>
    public sealed record ProviderUnknown(string Name) : Refusal;

    /// <summary>The account at a provider already signs in this user, or another one.</summary>
    public sealed record IdentityLinked(bool IsToOther) : Refusal;

    /// <summary>The user has as many accounts at providers as one may have.</summary>
    public sealed record TooManyIdentities : Refusal;

    /// <summary>The client may not have a scope that was asked for, or nothing has it.</summary>
    public sealed record ScopeUnknown(string Scope) : Refusal;

    /// <summary>The account changed while it was being changed, again and again.</summary>
    public sealed record ConcurrentChange : Refusal;

    /// <summary>A function said no, in its own words.</summary>
    public sealed record TriggerFailed(TriggerKind Kind, string Message) : Refusal;

    /// <summary>A function returned what can't be used.</summary>
    public sealed record TriggerAnswerInvalid : Refusal;

    /// <summary>A function could not be called, or did not answer in time.</summary>
    public sealed record TriggerUnreachable(TriggerKind Kind, string Reason) : Refusal;

    /// <summary>A user could not be taken over from what a function returned.</summary>
    public sealed record MigrationFailed(string ClientId) : Refusal;

    /// <summary>The pool has not the functions that CUSTOM_AUTH needs.</summary>
    public sealed record CustomAuthNotConfigured : Refusal;
}
