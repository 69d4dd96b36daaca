using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Server.Cognito;

/// <summary>What Cognito says of attributes it doesn't accept. Line ends and inner names are as observed.</summary>
internal static class AttributeMessages
{
    /// <summary>For SignUp but for unknown ones, AdminCreateUser, UpdateUserAttributes, AdminUpdateUserAttributes and the new-password challenge.</summary>
    public static string Writing(AttributeProblem problem) => problem switch
    {
        AttributeProblem.Required => $"Attributes did not conform to the schema: {Path(problem.Name)}: {RequiredText(problem.Name)}",
        AttributeProblem.Unknown when problem.Name.StartsWith("custom:", StringComparison.Ordinal) =>
            $"user.{problem.Name}: Attribute does not exist in the schema.\n",
        AttributeProblem.Unknown => UnknownAtSignUp(problem),
        AttributeProblem.ReadOnly => $"Cannot modify the non-mutable attribute {problem.Name}",
        AttributeProblem.Immutable => $"user.{problem.Name}: Attribute cannot be updated.\n",
        AttributeProblem.TooLong tooLong => $"user.{problem.Name}: String must be no longer than {tooLong.Maximum} characters\n",
        AttributeProblem.TooShort tooShort => $"user.{problem.Name}: String must be no shorter than {tooShort.Minimum} characters\n",
        AttributeProblem.WrongType { Expected: "Number" } => $"user.{problem.Name}: Attribute value must be a number within its range\n",
        AttributeProblem.WrongType wrong => $"user.{problem.Name}: Attribute value must be of type {wrong.Expected}\n",
        AttributeProblem.WrongFormat when problem.Name == "email" => "Invalid email address format.",
        AttributeProblem.WrongFormat => "Invalid phone number format.",
        AttributeProblem.NothingToVerify when problem.Name == "email" => "Email is required to verify/un-verify an email",
        AttributeProblem.NothingToVerify => "Phone Number is required to verify/un-verify a phone number",
        _ => throw new InvalidOperationException("NotWritable is NotAuthorizedException: see Refusals."),
    };

    /// <summary>For SignUp, which speaks of custom attributes as of any other.</summary>
    public static string UnknownAtSignUp(AttributeProblem problem) =>
        $"Attributes did not conform to the schema: Type for attribute {{{problem.Name}}} could not be determined";

    /// <summary>For DeleteUserAttributes and AdminDeleteUserAttributes.</summary>
    public static string Deleting(AttributeProblem problem) => problem switch
    {
        AttributeProblem.Required => $"Invalid user attributes: {Path(problem.Name)}: {RequiredText(problem.Name)}",
        AttributeProblem.Immutable =>
            $"Invalid user attributes: {InnerName(problem.Name)}: This attribute does not satisfy the mutability validation defined in the schema.",
        AttributeProblem.Unknown => $"Invalid user attributes: Type for attribute {{{problem.Name}}} could not be determined",
        _ => $"Cannot modify the non-mutable attribute {problem.Name}",
    };

    private static string RequiredText(string name) =>
        Path(name) is var path && path == name ? "The attribute is required" : $"The attribute {path} is required";

    // Cognito keeps users in a SCIM-like form and lets its paths through.
    private static string Path(string name) => name switch
    {
        "name" => "name.formatted",
        "given_name" => "name.givenName",
        "family_name" => "name.familyName",
        "middle_name" => "name.middleName",
        _ => name,
    };

    private static string InnerName(string name) =>
        name.StartsWith("custom:", StringComparison.Ordinal) ? "Custom.User." + name["custom:".Length..] : Path(name);
}
