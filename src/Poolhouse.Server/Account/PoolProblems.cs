using Poolhouse.Core.Tokens;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account;

/// <summary>The pool's refusals as this API's problems: stable codes over Cognito's verbose texts.</summary>
internal static class PoolProblems
{
    /// <summary>The problem.</summary>
    public static ProblemException Of(CognitoException refused) => refused.Type switch
    {
        "AliasExistsException" or "UsernameExistsException" => Problems.Of("USER_EXISTS"),
        "CodeMismatchException" => Problems.Of("CODE_MISMATCH"),
        "ExpiredCodeException" => Problems.Of("CODE_EXPIRED"),
        "InvalidPasswordException" or "PasswordHistoryPolicyViolationException" => new ProblemException(400, "PASSWORD_NOT_ACCEPTABLE") { Detail = refused.PublicMessage },
        "LimitExceededException" or "TooManyRequestsException" or "TooManyFailedAttemptsException" => Problems.TooMany(refused.RetryAfterSeconds ?? 60),
        "NotAuthorizedException" => OfNotAuthorized(refused.PublicMessage),
        "PasswordResetRequiredException" => Problems.Of("PASSWORD_RESET_REQUIRED"),
        "RefreshTokenReuseException" => Problems.Of("TOKEN_REVOKED"),
        "UserNotConfirmedException" => Problems.Of("USER_NOT_CONFIRMED"),
        "UserNotFoundException" => Problems.Of("INVALID_CREDENTIALS"),
        "UserLambdaValidationException" => new ProblemException(403, "FORBIDDEN") { Detail = refused.PublicMessage },
        "UnexpectedLambdaException" or "InvalidLambdaResponseException" or "CodeDeliveryFailureException" => Problems.Unavailable(),
        _ when refused.Status >= 500 => Problems.Unavailable(),
        _ => new ProblemException(400, "VALIDATION_FAILED") { Detail = refused.PublicMessage },
    };

    /// <summary>The problem of an access token that is not accepted.</summary>
    public static ProblemException Of(AccessTokenProblem problem) => Problems.Of(problem switch
    {
        AccessTokenProblem.Expired => "TOKEN_EXPIRED",
        AccessTokenProblem.Revoked or AccessTokenProblem.UserDisabled or AccessTokenProblem.UserNotFound => "TOKEN_REVOKED",
        _ => "TOKEN_INVALID",
    });

    private static ProblemException OfNotAuthorized(string? message) => message switch
    {
        "User is disabled." => Problems.Of("USER_DISABLED"),
        "Password attempts exceeded" => Problems.TooMany(60),
        "Access Token has expired" or "Refresh Token has expired" => Problems.Of("TOKEN_EXPIRED"),
        "Access Token has been revoked" or "Refresh Token has been revoked" or null => Problems.Of("TOKEN_REVOKED"),
        _ when message.Contains("Token", StringComparison.Ordinal) || message.StartsWith("Invalid session", StringComparison.Ordinal) => Problems.TokenInvalid(),
        _ => Problems.Of("INVALID_CREDENTIALS"),
    };
}
