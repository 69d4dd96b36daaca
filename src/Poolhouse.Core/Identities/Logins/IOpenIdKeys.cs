using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>Published keys of OpenID Connect providers elsewhere.</summary>
public interface IOpenIdKeys
{
    /// <summary>The key of that id.</summary>
    /// <param name="issuer">The provider's issuer, from the configuration and never from a token.</param>
    /// <param name="keyId">The token's <c>kid</c>.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="address">The address of its keys, where the configuration has it; null asks the issuer for it.</param>
    /// <returns>The key, or null where the provider has none of that id; false where the provider could not be asked.</returns>
    ValueTask<(PublicKey? Key, bool IsReached)> FindAsync(string issuer, string keyId, CancellationToken ct, string? address = null);
}
