using Poolhouse.Core.Identities;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Refusals of the identity service in Amazon's names and, where they are known, words. Client applications key on these.</summary>
internal static class IdentityRefusals
{
    /// <summary>The error for a refusal.</summary>
    public static CognitoException Of(IdentityRefusal refusal) => refusal switch
    {
        IdentityRefusal.PoolNotFound missing => CognitoException.ResourceNotFound($"IdentityPool '{missing.Id}' not found."),
        IdentityRefusal.IdentityNotFound missing => CognitoException.ResourceNotFound($"Identity '{missing.Id}' not found."),
        IdentityRefusal.GuestsNotAllowed => CognitoException.NotAuthorized("Unauthenticated access is not supported for this identity pool."),
        IdentityRefusal.Forbidden forbidden => CognitoException.NotAuthorized($"Access to Identity '{forbidden.Id}' is forbidden."),
        IdentityRefusal.LoginsDoNotMatch => CognitoException.NotAuthorized(
            "Logins don't match. Please include at least one valid login for this identity or identity pool."),
        IdentityRefusal.LoginsConflict => CognitoException.ResourceConflict("Logins are already linked to different identities."),
        IdentityRefusal.DeveloperUserConflict => CognitoException.ResourceConflict("The developer user identifier belongs to another identity."),
        IdentityRefusal.DeveloperUserTaken => CognitoException.DeveloperUserAlreadyRegistered(
            "The provided developer user identifier is already registered with Cognito under a different identity ID."),
        IdentityRefusal.DeveloperUserNotFound => CognitoException.ResourceNotFound("Developer user identifier not found."),
        IdentityRefusal.DeveloperProviderUnknown => CognitoException.InvalidParameter("The identity pool has no developer provider of this name."),
        IdentityRefusal.TooManyDeveloperUsers => CognitoException.InvalidParameter("An identity can have at most 20 developer user identifiers."),
        IdentityRefusal.UnsupportedProvider => CognitoException.NotAuthorized("Token is not from a supported provider of this identity pool."),
        IdentityRefusal.InvalidToken token => CognitoException.NotAuthorized("Invalid login token. " + Of(token)),
        IdentityRefusal.TokenInactive => CognitoException.NotAuthorized("Token is inactive"),
        IdentityRefusal.ExternalService service => CognitoException.ExternalService($"{service.Name} does not respond."),
        IdentityRefusal.InvalidConfiguration => CognitoException.InvalidIdentityPoolConfiguration(
            "Invalid identity pool configuration. Check assigned IAM roles for this pool."),
        IdentityRefusal.RoleDenied { RoleArn: { } role } => CognitoException.NotAuthorized($"Access to Role '{role}' is forbidden."),
        IdentityRefusal.RoleDenied => CognitoException.NotAuthorized("No role of the token and no rule of the identity pool applies, and the pool denies that."),
        IdentityRefusal.RoleNotCustomizable => CognitoException.InvalidParameter("CustomRoleArn needs a login whose role mapping is of type Token."),
        IdentityRefusal.ConcurrentChange => CognitoException.TooManyRequests("Too many requests"),
        _ => throw new InvalidOperationException("No words for " + refusal.GetType().Name),
    };

    /// <summary>The value of an outcome, or its refusal as an error.</summary>
    public static T Demand<T>(this IdentityOutcome<T> outcome) => outcome.Refusal is { } refusal ? throw Of(refusal) : outcome.Value;

    // All but "Incorrect token audience" observed.
    private static string Of(IdentityRefusal.InvalidToken token) => token.Problem switch
    {
        TokenProblem.Issuer => "Issuer doesn't match providerName",
        TokenProblem.MissingClaim => $"Missing a required claim: {token.Detail}",
        TokenProblem.Audience => "Incorrect token audience.",
        TokenProblem.Signature => "Couldn't verify signed token.",
        TokenProblem.Expired => $"Token expired: {token.Detail}",
        _ => "Not a valid OpenId Connect identity token.",
    };
}
