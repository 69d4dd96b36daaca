using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Identities.Access;

/// <summary>Temporary credentials as they are handed out. API_Credentials.</summary>
/// <param name="AccessKeyId">Public.</param>
/// <param name="SecretKey">Signs.</param>
/// <param name="SessionToken">Goes along with every call.</param>
/// <param name="ExpiresAt">When all three are over.</param>
public sealed record IssuedCredentials(string AccessKeyId, Secret SecretKey, Secret SessionToken, DateTimeOffset ExpiresAt);

/// <summary>AWS STS, or what stands in its place: gives credentials of a role for a token that its provider signed.</summary>
public interface IWebIdentityExchange
{
    /// <summary>AssumeRoleWithWebIdentity.</summary>
    /// <param name="endpoint">Of the configuration.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="token">An OpenID token of the identity service.</param>
    /// <param name="lifetime">Of the credentials.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The credentials; InvalidConfiguration where the exchange denies, ExternalService where it does not answer.</returns>
    ValueTask<IdentityOutcome<IssuedCredentials>> AssumeAsync(Uri endpoint, string roleArn, string token, TimeSpan lifetime, CancellationToken ct);
}
