using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account;

/// <summary>The pool's refusals as this API's problems: stable codes over Cognito's verbose texts.</summary>
internal static class PoolProblems
{
    /// <summary>The problem.</summary>
    public static IResult Of(HttpContext http, CognitoException refused) => refused.Type switch
    {
        "AliasExistsException" or "UsernameExistsException" => Problems.Of(http, 409, "USER_EXISTS", "There is an account already.", "Sign in, or reset the password."),
        "CodeMismatchException" => Problems.Of(http, 400, "CODE_MISMATCH", "The code is not right.", "Look at the newest message, or ask for another code."),
        "ExpiredCodeException" => Problems.Of(http, 400, "CODE_EXPIRED", "The code is no longer good.", "Ask for another code."),
        "InvalidPasswordException" or "PasswordHistoryPolicyViolationException" =>
            Problems.Of(http, 400, "PASSWORD_NOT_ACCEPTABLE", "The password is not acceptable.", refused.PublicMessage ?? "Choose another one."),
        "LimitExceededException" or "TooManyRequestsException" or "TooManyFailedAttemptsException" => Problems.TooMany(http, refused.RetryAfterSeconds ?? 60),
        "NotAuthorizedException" => OfNotAuthorized(http, refused.PublicMessage),
        "PasswordResetRequiredException" => Problems.Of(http, 403, "PASSWORD_RESET_REQUIRED", "The password must be reset.", "Ask for a code with the purpose password_reset."),
        "RefreshTokenReuseException" => Problems.TokenRevoked(http),
        "UserNotConfirmedException" => Problems.Of(http, 403, "USER_NOT_CONFIRMED", "The account is not confirmed yet.", "Enter the code that was mailed, or ask for another one."),
        "UserNotFoundException" => Problems.Of(http, 401, "INVALID_CREDENTIALS", "The name or the password is wrong.", "Try again, or reset the password."),
        "UserLambdaValidationException" => Problems.Of(http, 403, "FORBIDDEN", "This is not allowed.", refused.PublicMessage ?? "Ask for help."),
        "UnexpectedLambdaException" or "InvalidLambdaResponseException" or "CodeDeliveryFailureException" => Problems.Unavailable(http),
        "InvalidParameterException" or "SerializationException" or "UnsupportedOperationException" =>
            Problems.Of(http, 400, "VALIDATION_FAILED", "The request is not valid.", refused.PublicMessage ?? "Look at the documentation of this route."),
        _ when refused.Status >= 500 => Problems.Unavailable(http),
        _ => Problems.Of(http, 400, "VALIDATION_FAILED", "The request is not valid.", refused.PublicMessage ?? "Look at the documentation of this route."),
    };

    private static IResult OfNotAuthorized(HttpContext http, string? message) => message switch
    {
        "User is disabled." => Problems.Of(http, 403, "USER_DISABLED", "The account is disabled.", "Ask for help."),
        "Password attempts exceeded" => Problems.TooMany(http, 60),
        "Access Token has expired" or "Refresh Token has expired" => Problems.TokenExpired(http),
        "Access Token has been revoked" or "Refresh Token has been revoked" or null => Problems.TokenRevoked(http),
        _ when message.Contains("Token", StringComparison.Ordinal) || message.StartsWith("Invalid session", StringComparison.Ordinal) => Problems.TokenInvalid(http),
        _ => Problems.Of(http, 401, "INVALID_CREDENTIALS", "The name or the password is wrong.", "Try again, or reset the password."),
    };
}
