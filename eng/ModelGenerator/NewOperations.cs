namespace Poolhouse.ModelGenerator;

/// <summary>Who authorizes the operations that are newer than the service model, from the signing choices of the JavaScript client 3.1169.0.</summary>
internal static class NewOperations
{
    private static readonly Dictionary<string, string> Authorization = new(StringComparer.Ordinal)
    {
        ["AdminDeleteSoftwareToken"] = "sigv4",
        ["AdminListUserSessions"] = "sigv4",
        ["AdminRevokeUserSession"] = "sigv4",
        ["DescribeTermsByClient"] = "sigv4",
        // Documented as needing no IAM, yet the client signs it: both must work.
        ["GetClientToken"] = "sigv4_or_public",
        ["GetUserPoolClientSessionConfiguration"] = "sigv4",
        ["GetUserPoolSessionConfiguration"] = "sigv4",
        ["ListUserSessions"] = "access_token",
        ["RevokeUserSession"] = "access_token",
        ["SetUserPoolClientSessionConfiguration"] = "sigv4",
        ["SetUserPoolSessionConfiguration"] = "sigv4",
    };

    /// <summary>Throws for an operation that nobody has decided on yet: a new model must not open anything by accident.</summary>
    public static string AuthorizationOf(string operation) =>
        Authorization.TryGetValue(operation, out var found)
            ? found
            : throw new InvalidOperationException($"{operation} has no authorization in the model; decide in {nameof(NewOperations)}.");
}
