using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Amazon.Cognito;

/// <summary>
/// What proves a client that has a secret.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
/// </summary>
public static class SecretHash
{
    /// <summary>Base64 of HMAC-SHA256 under the secret, over the user's name followed by the client's id.</summary>
    /// <param name="secret">The client's.</param>
    /// <param name="username">Exactly as in the request that it goes with.</param>
    /// <param name="clientId">The client.</param>
    public static string Of(Secret secret, string username, string clientId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes(username + clientId)));
}
