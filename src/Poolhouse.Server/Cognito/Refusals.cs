using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Core's refusals in Cognito's names and words. Client applications key on these texts, so they are an API. An operation whose
/// words differ translates that one refusal itself, before it comes here.
/// </summary>
internal static class Refusals
{
    /// <summary>The error for a refusal.</summary>
    /// <param name="refusal">What Core answered.</param>
    /// <param name="client">For messages that name it; null in administrators' calls.</param>
    public static CognitoException Of(Refusal refusal, AppClient? client = null) => refusal switch
    {
        Refusal.UserNotFound => CognitoException.UserNotFound("User does not exist."),
        Refusal.WrongCredentials => CognitoException.NotAuthorized("Incorrect username or password."),
        Refusal.PasswordLocked => CognitoException.NotAuthorized("Password attempts exceeded"),
        Refusal.AttemptLimit => CognitoException.LimitExceeded("Attempt limit exceeded, please try after some time."),
        Refusal.Overloaded => CognitoException.Overloaded(),
        Refusal.UserDisabled => CognitoException.NotAuthorized("User is disabled."),
        Refusal.UserNotConfirmed => CognitoException.UserNotConfirmed("User is not confirmed."),
        // Section "Managing user existence error responses": an imported or reset user must not be told from one that isn't there.
        Refusal.PasswordResetRequired when client?.Settings.PreventUserExistenceErrors == "ENABLED" =>
            CognitoException.NotAuthorized("Incorrect username or password."),
        Refusal.PasswordResetRequired => CognitoException.PasswordResetRequired("Password reset required for the user"),
        Refusal.TemporaryPasswordExpired =>
            CognitoException.NotAuthorized("Temporary password has expired and must be reset by an administrator."),
        Refusal.WrongStatus wrong => CognitoException.NotAuthorized($"User cannot be confirmed. Current status is {UserMapping.Status(wrong.Current)}"),
        Refusal.SignUpNotPermitted => CognitoException.NotAuthorized("SignUp is not permitted for this user pool"),
        Refusal.UsernameTaken => CognitoException.UsernameExists("User already exists"),
        Refusal.AliasTaken { Attribute: "preferred_username" } => CognitoException.AliasExists("User account already exists for the alias."),
        Refusal.AliasTaken taken => CognitoException.AliasExists($"An account with the given {taken.Attribute} already exists."),
        Refusal.UsernameForm form => CognitoException.InvalidParameter(Of(form.Problem)),
        Refusal.Attributes { Problem: AttributeProblem.NotWritable } => CognitoException.NotAuthorized("A client attempted to write unauthorized attribute"),
        Refusal.Attributes attributes => CognitoException.InvalidParameter(AttributeMessages.Writing(attributes.Problem)),
        Refusal.Password password => Of(password.Problem, "Password did not conform with policy: "),
        Refusal.CodeMismatch => CognitoException.CodeMismatch("Invalid verification code provided, please try again."),
        Refusal.CodeExpired => CognitoException.ExpiredCode("Invalid code provided, please request a code again."),
        Refusal.ChallengeCodeMismatch => CognitoException.CodeMismatch("Invalid code or auth state for the user."),
        Refusal.SoftwareTokenMismatch => CognitoException.CodeMismatch("Invalid code received for user"),
        Refusal.SoftwareTokenUsed => CognitoException.ExpiredCode("Your software token has already been used once."),
        Refusal.SoftwareTokenUnproven => CognitoException.EnableSoftwareTokenMfa("Code mismatch and fail enable Software Token MFA"),
        Refusal.SoftwareTokenMissing => CognitoException.SoftwareTokenMfaNotFound("Software Token MFA does not exist for the user."),
        // User guide, "TOTP software token MFA".
        Refusal.SoftwareTokenNotAllowed => CognitoException.SoftwareTokenMfaNotFound("Software Token MFA has not been enabled by the userPool"),
        // The words are this server's own.
        Refusal.MfaMethodNotFound => CognitoException.MfaMethodNotFound("The user has no such MFA method."),
        Refusal.MfaPreference preference => CognitoException.InvalidParameter(Of(preference)),
        Refusal.Passkey passkey => PasskeyMessages.Of(passkey.Problem),
        // The words are this server's own; for registrations there are names of their own, for sign-in the model has none.
        Refusal.PasskeyNotProven => CognitoException.NotAuthorized("The passkey could not be verified."),
        Refusal.StepUp stepUp => PasskeyMessages.Of(stepUp.Problem),
        Refusal.AccessToken token => AccessTokenErrors.Of(token.Problem),
        Refusal.NotInTier feature => CognitoException.FeatureUnavailableInTier($"{feature.Feature} is not available in the LITE pricing tier."),
        Refusal.NoDestination => CognitoException.InvalidParameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number"),
        Refusal.NotVerifiable => CognitoException.InvalidParameter("Invalid attribute name. Only phone_number and email can be verified."),
        Refusal.Client proof => Of(proof.Proof, client?.Id ?? default),
        Refusal.FlowNotEnabled { Flow: "CUSTOM_AUTH" } => CognitoException.InvalidParameter("CUSTOM_AUTH is not enabled for the client."),
        Refusal.FlowNotEnabled flow => CognitoException.InvalidParameter($"{flow.Flow} flow not enabled for this client"),
        Refusal.MissingParameter missing => CognitoException.InvalidParameter($"Missing required parameter {missing.Name}"),
        Refusal.InvalidParameter invalid => CognitoException.InvalidParameter(invalid.Message),
        Refusal.SessionSpent => CognitoException.NotAuthorized("Invalid session for the user, session can only be used once."),
        Refusal.SessionExpired => CognitoException.NotAuthorized("Invalid session for the user, session is expired."),
        Refusal.SessionInvalid => CognitoException.NotAuthorized("Invalid session for the user."),
        // Clients try again without the device when they read these very words (aws-amplify, amazon-cognito-identity-js).
        Refusal.DeviceNotFound => CognitoException.ResourceNotFound("Device does not exist."),
        // The words are this server's own.
        Refusal.DeviceKeyExists => CognitoException.DeviceKeyExists("Device key already exists."),
        Refusal.DeviceKeyInvalid => CognitoException.InvalidParameter("Invalid device key given."),
        Refusal.RefreshInvalid => CognitoException.NotAuthorized("Invalid Refresh Token"),
        Refusal.RefreshOfOtherClient => CognitoException.NotAuthorized("Refresh Token has different Client"),
        Refusal.RefreshRevoked => CognitoException.NotAuthorized("Refresh Token has been revoked"),
        Refusal.RefreshExpired => CognitoException.NotAuthorized("Refresh Token has expired"),
        Refusal.RefreshReused => CognitoException.RefreshTokenReuse("Refresh token reuse detected"),
        Refusal.RefreshUserDeleted => CognitoException.NotAuthorized("The user has been deleted for the associated refresh token"),
        Refusal.RotationNeedsOtherCall => CognitoException.UnsupportedOperation("This API does not support refresh token rotation"),
        // Both observed.
        Refusal.RequestBlocked => CognitoException.NotAuthorized("Request not allowed due to security reasons."),
        Refusal.SignInBlocked => CognitoException.NotAuthorized("Unable to login because of security reasons."),
        Refusal.ProviderUnknown provider => CognitoException.ResourceNotFound($"Identity provider {provider.Name} does not exist."),
        Refusal.IdentityLinked { IsToOther: false } => CognitoException.InvalidParameter("SourceUser is already linked to DestinationUser"),
        Refusal.IdentityLinked => CognitoException.AliasExists("SourceUser is already linked to another user."),
        Refusal.TooManyIdentities => CognitoException.LimitExceeded("A user can have at most 5 linked identities."),
        Refusal.ScopeUnknown scope => CognitoException.ScopeDoesNotExist($"Invalid scope requested: {scope.Scope}"),
        // Not ConcurrentModificationException, which the model has for pools and clients only, and which no client library retries.
        Refusal.ConcurrentChange => CognitoException.TooManyRequests("Too many requests"),
        Refusal.TriggerFailed failed => CognitoException.UserLambdaValidation($"{failed.Kind} failed with error {failed.Message}."),
        Refusal.TriggerAnswerInvalid => CognitoException.InvalidLambdaResponse("Unrecognizable lambda output"),
        Refusal.TriggerUnreachable unreachable => CognitoException.UnexpectedLambda($"{unreachable.Kind} invocation failed due to error {unreachable.Reason}"),
        // As a name that nobody has here or elsewhere; the words as aws-amplify's users report them.
        Refusal.MigrationFailed migration => CognitoException.UserNotFound($"Exception migrating user in app client {migration.ClientId}"),
        Refusal.CustomAuthNotConfigured => CognitoException.InvalidParameter("Custom auth lambda trigger is not configured for the user pool."),
        _ => throw new InvalidOperationException("No words for " + refusal.GetType().Name),
    };

    /// <summary>The error for a refusal to delete attributes, which is worded differently from one to write them.</summary>
    public static CognitoException OfDeleting(Refusal refusal) => refusal is Refusal.Attributes { Problem: not AttributeProblem.NotWritable } attributes
        ? CognitoException.InvalidParameter(AttributeMessages.Deleting(attributes.Problem))
        : Of(refusal);

    /// <summary>The words for a client that did not prove its secret by SECRET_HASH.</summary>
    public static CognitoException Of(ClientProof proof, ClientId client) => CognitoException.NotAuthorized(proof == ClientProof.Missing
        ? $"Client {client} is configured with secret but SECRET_HASH was not received"
        : $"Unable to verify secret hash for client {client}");

    /// <summary>The words for a password; operations differ in how they begin (all three wordings observed).</summary>
    public static CognitoException Of(PasswordProblem problem, string prefix) => problem switch
    {
        PasswordProblem.TooShort => CognitoException.InvalidPassword(prefix + "Password not long enough"),
        PasswordProblem.NoUppercase => CognitoException.InvalidPassword(prefix + "Password must have uppercase characters"),
        PasswordProblem.NoLowercase => CognitoException.InvalidPassword(prefix + "Password must have lowercase characters"),
        PasswordProblem.NoNumber => CognitoException.InvalidPassword(prefix + "Password must have numeric characters"),
        PasswordProblem.NoSymbol => CognitoException.InvalidPassword(prefix + "Password must have symbol characters"),
        // Observed, without the beginning that the others have.
        PasswordProblem.Compromised => CognitoException.InvalidPassword("Provided password cannot be used for security reasons."),
        _ => CognitoException.PasswordHistoryPolicyViolation("Password has previously been used."),
    };

    private static string Of(Refusal.MfaPreference preference) => preference.Problem switch
    {
        // These words are this server's own.
        MfaProblem.TwoPreferred => "Only one MFA factor can be preferred.",
        MfaProblem.PasskeyNotAllowed => "The user pool does not accept passkeys as multi-factor authentication.",
        MfaProblem.NoPasskey => "User has not registered a passkey.",
        MfaProblem.PasskeyAlone => "Passkey MFA requires another MFA method.",
        MfaProblem.NotSetUp => "User has not set up software token mfa",
        MfaProblem.NotVerified => "User has not verified software token mfa",
        _ => $"User does not have delivery config set to turn on {preference.Factor}",
    };

    private static string Of(UsernameProblem problem) => problem switch
    {
        UsernameProblem.LooksLikeEmailAlias => "Username cannot be of email format, since user pool is configured for email alias.",
        UsernameProblem.LooksLikePhoneAlias => "Username cannot be of phone number format, since user pool is configured for phone number alias.",
        UsernameProblem.NotEmail => "Username should be an email.",
        UsernameProblem.NotPhoneNumber => "Username should be a phone number.",
        _ => "Username should be either an email or a phone number.",
    };
}
