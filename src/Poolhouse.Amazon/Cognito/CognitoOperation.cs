namespace Poolhouse.Amazon.Cognito;

/// <summary>What is known of an operation that the gateway calls.</summary>
/// <param name="Name">What stands after the dot in <c>X-Amz-Target</c>.</param>
/// <param name="IsSigned">Whether it needs IAM; the others are public, and bear a token or nothing.</param>
/// <param name="MayRepeat">
/// Whether twice is as good as once, so that it is made again where nobody knows what came of it. Sign-ups, codes and sign-ins are not: twice is two
/// mails, a code that was used, a guess more against the person's lock, or "exists already" to who has just made it.
/// </param>
public sealed record CognitoOperation(string Name, bool IsSigned, bool MayRepeat)
{
    /// <summary>All of them, sorted.</summary>
    public static IReadOnlyDictionary<string, CognitoOperation> All { get; } = new[]
    {
        new CognitoOperation("AdminConfirmSignUp", IsSigned: true, MayRepeat: false),
        new CognitoOperation("AdminCreateUser", IsSigned: true, MayRepeat: false),
        new CognitoOperation("AdminDeleteUser", IsSigned: true, MayRepeat: true),
        new CognitoOperation("AdminGetUser", IsSigned: true, MayRepeat: true),
        new CognitoOperation("AdminListGroupsForUser", IsSigned: true, MayRepeat: true),
        new CognitoOperation("AdminSetUserPassword", IsSigned: true, MayRepeat: true),
        new CognitoOperation("AdminUpdateUserAttributes", IsSigned: true, MayRepeat: true),
        new CognitoOperation("ChangePassword", IsSigned: false, MayRepeat: false),
        new CognitoOperation("ConfirmForgotPassword", IsSigned: false, MayRepeat: false),
        new CognitoOperation("ConfirmSignUp", IsSigned: false, MayRepeat: false),
        new CognitoOperation("DescribeUserPool", IsSigned: true, MayRepeat: true),
        new CognitoOperation("DescribeUserPoolClient", IsSigned: true, MayRepeat: true),
        new CognitoOperation("ForgotPassword", IsSigned: false, MayRepeat: false),
        new CognitoOperation("GetTokensFromRefreshToken", IsSigned: false, MayRepeat: false),
        new CognitoOperation("GetUser", IsSigned: false, MayRepeat: true),
        new CognitoOperation("GlobalSignOut", IsSigned: false, MayRepeat: false),
        new CognitoOperation("InitiateAuth", IsSigned: false, MayRepeat: false),
        new CognitoOperation("ResendConfirmationCode", IsSigned: false, MayRepeat: false),
        new CognitoOperation("RespondToAuthChallenge", IsSigned: false, MayRepeat: false),
        new CognitoOperation("RevokeToken", IsSigned: false, MayRepeat: true),
        new CognitoOperation("SignUp", IsSigned: false, MayRepeat: false),
    }.ToDictionary(o => o.Name, StringComparer.Ordinal);
}
