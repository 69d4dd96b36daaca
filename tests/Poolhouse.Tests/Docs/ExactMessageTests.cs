using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Docs;

/// <summary>
/// Every text of Cognito that client applications key on is written out in a test that provokes it. A star stands for what changes.
/// The list is what is known of Amazon's texts; one that this server has no occasion for is below, with the reason.
/// </summary>
public sealed class ExactMessageTests
{
    private static readonly string[] Messages =
    [
        "A client attempted to write unauthorized attribute",
        "Access Token does not have required scopes",
        "Access Token has been revoked",
        "Access Token has expired",
        "An account with the given email already exists.",
        "An account with the given phone_number already exists.",
        "Attempt limit exceeded, please try after some time.",
        "Attributes did not conform to the schema: Type for attribute {custom:*} could not be determined",
        "Attributes did not conform to the schema: email: The attribute is required",
        "Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required",
        "Attributes did not conform to the schema: name.formatted: The attribute name.formatted is required",
        "Auth flow not enabled for this client",
        "CUSTOM_AUTH is not enabled for the client.",
        "Cannot modify the non-mutable attribute email_verified",
        "Cannot modify the non-mutable attribute sub",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
        "Client * is configured for secret but secret was not received",
        "Client * is configured with secret but SECRET_HASH was not received",
        "Code mismatch and fail enable Software Token MFA",
        "Could not verify signature for Access Token",
        "Custom auth lambda trigger is not configured for the user pool.",
        "Domain already associated with another user pool.",
        "Error while parsing filter",
        "Group not found.",
        "Incorrect username or password.",
        "Initiate Auth method not supported.",
        "Invalid Access Token",
        "Invalid Refresh Token",
        "Invalid attribute name. Only phone_number and email can be verified.",
        "Invalid client or secret",
        "Invalid code or auth state for the user.",
        "Invalid code provided, please request a code again.",
        "Invalid code received for user",
        "Invalid email address format.",
        "Invalid login token. Issuer doesn't match providerName",
        "Invalid login token. Token expired: *",
        "Invalid phone number format.",
        "Invalid search attribute: *",
        "Invalid session for the user, session can only be used once.",
        "Invalid session for the user, session is expired.",
        "Invalid session for the user.",
        "Invalid user attributes: Custom.User.*: This attribute does not satisfy the mutability validation defined in the schema.",
        "Invalid user attributes: Type for attribute {custom:*} could not be determined",
        "Invalid user attributes: name.familyName: The attribute name.familyName is required",
        "Invalid verification code provided, please try again.",
        "Invalid write attributes specified while creating a client",
        "Logins don't match. Please include at least one valid login for this identity or identity pool.",
        "Missing required parameter PASSWORD",
        "Missing required parameter SRP_A",
        "Missing required parameter USERNAME",
        "Password attempts exceeded",
        "Password did not conform with password policy: Password not long enough",
        "Password did not conform with policy: Password must have lowercase characters",
        "Password did not conform with policy: Password must have numeric characters",
        "Password did not conform with policy: Password must have symbol characters",
        "Password did not conform with policy: Password must have uppercase characters",
        "Password did not conform with policy: Password not long enough",
        "Password does not conform to policy: Password not long enough",
        "Password reset required for the user",
        "PreSignUp failed with error *.",
        "Rate exceeded",
        "Refresh Token has been revoked",
        "Refresh Token has different Client",
        "Refresh Token has expired",
        "Refresh token reuse detected",
        "Required custom attributes are not supported currently.",
        "SignUp is not permitted for this user pool",
        "Software Token MFA does not exist for the user.",
        "Temporary password has expired and must be reset by an administrator.",
        "The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation",
        "The user has been deleted for the associated refresh token",
        "This API does not support refresh token rotation",
        "Token is inactive",
        "Token is not from a supported provider of this identity pool.",
        "Too many requests",
        "USER_PASSWORD_AUTH flow not enabled for this client",
        "Unable to verify secret hash for client *",
        "Unauthenticated access is not supported for this identity pool.",
        "User account already exists",
        "User account already exists for the alias.",
        "User already exists",
        "User cannot be confirmed. Current status is CONFIRMED",
        "User does not exist.",
        "User has not set up software token mfa",
        "User has not verified software token mfa",
        "User is already confirmed.",
        "User is disabled.",
        "User is not confirmed.",
        "User password cannot be reset in the current state.",
        "User pool * does not exist.",
        "User pool client * does not exist in user pool *.",
        "User pool client * does not exist.",
        "User pool client does not exist.",
        "Username cannot be of email format, since user pool is configured for email alias.",
        "Username should be an email.",
        "Username should be either an email or a phone number.",
        "Username/client id combination not found.",
        "Your software token has already been used once.",
        @"user.birthdate: String must be no longer than 10 characters\n",
        @"user.custom:*: Attribute cannot be updated.\n",
        @"user.custom:*: Attribute does not exist in the schema.\n",
    ];

    // Mail leaves by the operator's own sender, after the answer: there is no SES account to be in a sandbox, and none with a daily limit.
    private static readonly string[] Impossible =
    [
        "Amazon SES account is in Sandbox.",
        "Exceeded daily email limit for the operation or the account.",
    ];

    [Fact]
    public void Every_known_message_is_provoked_by_a_test()
    {
        var tests = Sources("tests").ToList();

        var missing = Messages.Where(message => !tests.Exists(Pattern(message).IsMatch)).ToList();

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_said_to_be_impossible_is_said_nowhere()
    {
        var sources = Sources("src").ToList();

        Impossible.Where(message => sources.Exists(source => source.Contains(message, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // The text as a whole: the end of a literal follows, so that a longer message does not stand for a shorter one.
    private static Regex Pattern(string message)
    {
        var parts = message.Split('*').Select(Regex.Escape);
        var end = message.EndsWith('*') ? "" : """(?=["'`\\])""";
        return new Regex(string.Join("[^\r\n]{0,60}?", parts) + end, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    private static IEnumerable<string> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".mjs", StringComparison.Ordinal)
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "obj" or "bin")
        where Path.GetFileName(file) != nameof(ExactMessageTests) + ".cs"
        select File.ReadAllText(file);
}
