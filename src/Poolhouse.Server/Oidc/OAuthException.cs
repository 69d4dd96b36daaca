namespace Poolhouse.Server.Oidc;

/// <summary>A request of an OAuth endpoint that is refused (RFC 6749 §4.1.2.1, §5.2).</summary>
/// <param name="error">The code: <c>invalid_request</c>, <c>invalid_client</c>, <c>invalid_grant</c>, <c>invalid_scope</c>, <c>unauthorized_client</c>, <c>unsupported_grant_type</c>, <c>server_error</c>, …</param>
/// <param name="description">For developers; nothing personal. Null for none.</param>
/// <param name="status">Where it is answered as JSON.</param>
internal sealed class OAuthException(string error, string? description = null, int status = StatusCodes.Status400BadRequest) : Exception(description ?? error)
{
    /// <summary>The code.</summary>
    public string Error { get; } = error;

    /// <summary>For developers.</summary>
    public string? Description { get; } = description;

    /// <summary>Where it is answered as JSON.</summary>
    public int Status { get; } = status;

    public static OAuthException InvalidRequest(string? description = null) => new("invalid_request", description);

    /// <summary>The client did not prove itself; 401 only where it tried by a header (RFC 6749 §5.2).</summary>
    public static OAuthException InvalidClient(bool hasHeader) =>
        new("invalid_client", status: hasHeader ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
}
