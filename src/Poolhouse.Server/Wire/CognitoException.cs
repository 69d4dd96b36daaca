namespace Poolhouse.Server.Wire;

/// <summary>
/// An error as the AWS JSON protocol has it. Made from the factories below, one per error name; one place turns it into bytes.
/// Null as a message means that none is sent, which AWS does too.
/// </summary>
internal sealed class CognitoException(string type, string? publicMessage, int status = StatusCodes.Status400BadRequest) : Exception
{
    /// <summary>The bare name, in <c>__type</c> and <c>x-amzn-errortype</c>.</summary>
    public string Type => type;

    /// <summary>What the client may read.</summary>
    public string? PublicMessage => publicMessage;

    /// <summary>HTTP status: 400 but for what AWS answers otherwise.</summary>
    public int Status => status;

    /// <summary>Seconds after which a retry makes sense; null sends no header.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static CognitoException AccessDenied(string message) => new("AccessDeniedException", message);

    public static CognitoException AliasExists(string message) => new("AliasExistsException", message);

    public static CognitoException CodeMismatch(string message) => new("CodeMismatchException", message);

    public static CognitoException ConcurrentModification(string message) => new("ConcurrentModificationException", message);

    public static CognitoException DeveloperUserAlreadyRegistered(string message) => new("DeveloperUserAlreadyRegisteredException", message);

    public static CognitoException DeviceKeyExists(string message) => new("DeviceKeyExistsException", message);

    public static CognitoException DuplicateProvider(string message) => new("DuplicateProviderException", message);

    public static CognitoException EnableSoftwareTokenMfa(string message) => new("EnableSoftwareTokenMFAException", message);

    public static CognitoException ExpiredCode(string message) => new("ExpiredCodeException", message);

    public static CognitoException ExpiredToken() => new("ExpiredTokenException", "The security token included in the request is expired");

    public static CognitoException ExternalService(string message) => new("ExternalServiceException", message);

    public static CognitoException FeatureUnavailableInTier(string message) => new("FeatureUnavailableInTierException", message);

    /// <summary>What a pool elsewhere said, by its own name.</summary>
    public static CognitoException Forwarded(string type, string? message) => new(type, message);

    public static CognitoException GroupExists(string message) => new("GroupExistsException", message);

    public static CognitoException IncompleteSignature(string message) => new("IncompleteSignatureException", message);

    public static CognitoException InternalError() =>
        new("InternalErrorException", "An internal error occurred.", StatusCodes.Status500InternalServerError);

    public static CognitoException InvalidIdentityPoolConfiguration(string message) => new("InvalidIdentityPoolConfigurationException", message);

    public static CognitoException InvalidLambdaResponse(string message) => new("InvalidLambdaResponseException", message);

    public static CognitoException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static CognitoException InvalidPassword(string message) => new("InvalidPasswordException", message);

    public static CognitoException InvalidSignature(string message) => new("InvalidSignatureException", message);

    public static CognitoException LimitExceeded(string message) => new("LimitExceededException", message);

    public static CognitoException ManagedLoginBrandingExists(string message) => new("ManagedLoginBrandingExistsException", message);

    public static CognitoException MfaMethodNotFound(string message) => new("MFAMethodNotFoundException", message);

    public static CognitoException MissingAuthenticationToken() => new("MissingAuthenticationTokenException", "Missing Authentication Token");

    public static CognitoException NotAuthorized(string? message) => new("NotAuthorizedException", message);

    public static CognitoException OperationNotEnabled(string message) => new("OperationNotEnabledException", message);

    /// <summary>The hash queue is full: 503 with Retry-After, so that clients back off instead of failing the person.</summary>
    public static CognitoException Overloaded() =>
        new("TooManyRequestsException", "Too many requests", StatusCodes.Status503ServiceUnavailable) { RetryAfterSeconds = 1 };

    public static CognitoException PasswordHistoryPolicyViolation(string message) => new("PasswordHistoryPolicyViolationException", message);

    public static CognitoException PasswordResetRequired(string message) => new("PasswordResetRequiredException", message);

    public static CognitoException PreconditionNotMet(string message) => new("PreconditionNotMetException", message);

    public static CognitoException RefreshTokenReuse(string message) => new("RefreshTokenReuseException", message);

    public static CognitoException RequestTooLarge() =>
        new("RequestEntityTooLargeException", "The request is too large.", StatusCodes.Status413PayloadTooLarge);

    public static CognitoException ResourceConflict(string message) => new("ResourceConflictException", message);

    public static CognitoException ResourceNotFound(string message) => new("ResourceNotFoundException", message);

    public static CognitoException Serialization() => new("SerializationException", null);

    /// <summary>A pool elsewhere can't be asked.</summary>
    public static CognitoException ServiceUnavailable() =>
        new("ServiceUnavailable", null, StatusCodes.Status503ServiceUnavailable) { RetryAfterSeconds = 5 };

    public static CognitoException SoftwareTokenMfaNotFound(string message) => new("SoftwareTokenMFANotFoundException", message);

    public static CognitoException TermsExists(string message) => new("TermsExistsException", message);

    public static CognitoException TierChangeNotAllowed(string message) => new("TierChangeNotAllowedException", message);

    public static CognitoException ScopeDoesNotExist(string message) => new("ScopeDoesNotExistException", message);

    public static CognitoException TooManyRequests(string message) => new("TooManyRequestsException", message);

    public static CognitoException Unauthorized(string message) => new("UnauthorizedException", message);

    public static CognitoException UnexpectedLambda(string message) => new("UnexpectedLambdaException", message);

    public static CognitoException UnknownOperation() => new("UnknownOperationException", null);

    public static CognitoException UnrecognizedClient() =>
        new("UnrecognizedClientException", "The security token included in the request is invalid.");

    public static CognitoException UnsupportedOperation(string message) => new("UnsupportedOperationException", message);

    public static CognitoException UnsupportedTokenType(string message) => new("UnsupportedTokenTypeException", message);

    public static CognitoException UnsupportedUserState(string message) => new("UnsupportedUserStateException", message);

    public static CognitoException UserImportInProgress(string message) => new("UserImportInProgressException", message);

    public static CognitoException UserLambdaValidation(string message) => new("UserLambdaValidationException", message);

    public static CognitoException UserNotConfirmed(string message) => new("UserNotConfirmedException", message);

    public static CognitoException UserNotFound(string message) => new("UserNotFoundException", message);

    public static CognitoException UserPoolAddOnNotEnabled(string message) => new("UserPoolAddOnNotEnabledException", message);

    public static CognitoException UsernameExists(string message) => new("UsernameExistsException", message);

    public static CognitoException Validation(string message) => new("ValidationException", message);
}
