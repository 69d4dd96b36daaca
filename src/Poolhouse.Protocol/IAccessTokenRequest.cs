namespace Poolhouse.Protocol;

/// <summary>A request with a member <c>AccessToken</c>, so that authentication can read it before the operation runs.</summary>
public interface IAccessTokenRequest
{
    /// <summary>The token as sent; null when absent.</summary>
    string? AccessToken { get; }
}
