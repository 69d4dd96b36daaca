namespace Poolhouse.Core.SigV4;

/// <summary>An Authorization header, read: one of three cases.</summary>
public abstract record AuthorizationHeader
{
    private AuthorizationHeader()
    {
    }

    /// <summary>There is none: MissingAuthenticationTokenException.</summary>
    public sealed record Missing : AuthorizationHeader;

    /// <summary>It lacks something, or is no AWS signature at all: IncompleteSignatureException.</summary>
    /// <param name="Message">In AWS's words, for the client.</param>
    public sealed record Incomplete(string Message) : AuthorizationHeader;

    /// <summary>It has all parts. Nothing in it has been checked.</summary>
    /// <param name="Credential">Who claims to have signed, and for what.</param>
    /// <param name="SignedHeaders">Lower-case names in the order given.</param>
    /// <param name="Signature">64 hex digits, if it is well made.</param>
    public sealed record Parsed(CredentialScope Credential, IReadOnlyList<string> SignedHeaders, string Signature) : AuthorizationHeader;
}

/// <summary>The <c>Credential</c> parameter: <c>key/20260905/us-east-1/cognito-idp/aws4_request</c>.</summary>
/// <param name="AccessKeyId">Whose secret signed.</param>
/// <param name="Date">Eight digits, UTC.</param>
/// <param name="Region">As the client configured it.</param>
/// <param name="Service"><c>cognito-idp</c> or <c>cognito-identity</c>.</param>
/// <param name="Terminator">Must be <c>aws4_request</c>.</param>
public sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service, string Terminator)
{
    /// <summary>The part that enters the string to sign.</summary>
    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";
}
