using System.Collections.Frozen;
using Poolhouse.Protocol;

namespace Poolhouse.Server.Wire.Quotas;

/// <summary>
/// Which operations share a quota, and how many calls a second Cognito lets through by default (developer guide, "Quotas in Amazon
/// Cognito", API request rate quotas).
/// </summary>
internal static class QuotaCategories
{
    /// <summary>Calls a second by category.</summary>
    public static FrozenDictionary<string, int> Defaults { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ClientAuthentication"] = 150,
        ["UserAccountRecovery"] = 30,
        ["UserAuthentication"] = 120,
        ["UserCreation"] = 50,
        ["UserList"] = 30,
        ["UserPoolClientRead"] = 15,
        ["UserPoolClientUpdate"] = 15,
        ["UserPoolRead"] = 15,
        ["UserPoolResourceRead"] = 20,
        ["UserPoolResourceUpdate"] = 15,
        ["UserPoolUpdate"] = 15,
        ["UserRead"] = 120,
        ["UserResourceRead"] = 50,
        ["UserResourceUpdate"] = 25,
        ["UserToken"] = 120,
        ["UserUpdate"] = 25,
        // The identity pools' quotas are one operation's each.
        ["GetCredentialsForIdentity"] = 200,
        ["GetId"] = 25,
        ["GetOpenIdToken"] = 200,
        ["GetOpenIdTokenForDeveloperIdentity"] = 200,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Named = new (string Category, string[] Operations)[]
    {
        ("ClientAuthentication", ["GetClientToken"]),
        ("UserAccountRecovery", ["AdminResetUserPassword", "AdminSetUserPassword", "ChangePassword", "ConfirmForgotPassword", "ForgotPassword"]),
        ("UserAuthentication", ["AdminInitiateAuth", "InitiateAuth", "AdminRespondToAuthChallenge", "RespondToAuthChallenge"]),
        ("UserCreation", ["AdminConfirmSignUp", "AdminCreateUser", "ConfirmSignUp", "ResendConfirmationCode", "SignUp"]),
        ("UserList", ["ListUsers", "ListUsersInGroup"]),
        ("UserPoolClientRead", ["DescribeUserPoolClient", "ListUserPoolClients", "ListUserPoolClientSecrets"]),
        ("UserPoolClientUpdate", ["AddUserPoolClientSecret", "CreateUserPoolClient", "DeleteUserPoolClient", "DeleteUserPoolClientSecret", "UpdateUserPoolClient"]),
        ("UserPoolRead", ["DescribeUserPool", "ListUserPools"]),
        ("UserPoolUpdate", ["CreateUserPool", "DeleteUserPool", "UpdateUserPool"]),
        ("UserRead", ["AdminGetUser", "GetUser"]),
        ("UserResourceRead", ["AdminGetDevice", "AdminGetUserAuthFactors", "AdminListDevices", "AdminListGroupsForUser", "AdminListUserAuthEvents", "AdminListUserSessions"]),
        ("UserResourceUpdate",
        [
            "AdminAddUserToGroup", "AdminDeleteSoftwareToken", "AdminForgetDevice", "AdminRemoveUserFromGroup", "AdminRevokeUserSession",
            "AdminSetUserMFAPreference", "AdminSetUserSettings", "AdminUpdateAuthEventFeedback", "AdminUpdateDeviceStatus",
            "GetUserAttributeVerificationCode", "UpdateAuthEventFeedback",
        ]),
        ("UserToken", ["GetTokensFromRefreshToken", "RevokeToken"]),
        ("UserUpdate",
        [
            "AdminDeleteUser", "AdminDeleteUserAttributes", "AdminDisableProviderForUser", "AdminDisableUser", "AdminEnableUser", "AdminLinkProviderForUser",
            "AdminUpdateUserAttributes", "AdminUserGlobalSignOut", "DeleteUser", "DeleteUserAttributes", "GlobalSignOut", "UpdateUserAttributes", "VerifyUserAttribute",
        ]),
        ("GetCredentialsForIdentity", ["GetCredentialsForIdentity"]),
        ("GetId", ["GetId"]),
        ("GetOpenIdToken", ["GetOpenIdToken"]),
        ("GetOpenIdTokenForDeveloperIdentity", ["GetOpenIdTokenForDeveloperIdentity"]),
    }.SelectMany(row => row.Operations.Select(operation => (operation, row.Category))).ToFrozenDictionary(p => p.operation, p => p.Category, StringComparer.Ordinal);

    /// <summary>The category of an operation: as Cognito names it, or where it doesn't, by whom the operation serves and whether it changes anything.</summary>
    public static string Of(OperationModel operation)
    {
        if (Named.TryGetValue(operation.Name, out var category)) return category;
        var isUsers = operation.Authorization is Authorization.AccessToken;
        return (isUsers, IsRead(operation.Name)) switch
        {
            (true, true) => "UserResourceRead",
            (true, false) => "UserResourceUpdate",
            (false, true) => "UserPoolResourceRead",
            (false, false) => "UserPoolResourceUpdate",
        };
    }

    /// <summary>How many times its category's quota an operation has: answers to challenges three times, since a sign-in may need several.</summary>
    public static int Factor(string operation) => operation is "AdminRespondToAuthChallenge" or "RespondToAuthChallenge" ? 3 : 1;

    /// <summary>Whether an operation only reads.</summary>
    public static bool IsRead(string operation) =>
        operation.StartsWith("Get", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal)
        || operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("Lookup", StringComparison.Ordinal);
}
