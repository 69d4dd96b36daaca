using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Tokens;

/// <summary>
/// The one public base URL: issuer of tokens, discovery and JWKS all derive from it, because clients compare them letter by letter.
/// </summary>
public sealed class Issuer(Uri publicUrl)
{
    private readonly string _base = publicUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>The base URL without a slash at its end.</summary>
    public string PublicUrl => _base;

    /// <summary>The last part of the identity service's issuer; no pool id is like it, for those have an underscore.</summary>
    public const string IdentityService = "cognito-identity";

    /// <summary>The <c>iss</c> of the identity service's tokens.</summary>
    public string OfIdentityService => $"{_base}/{IdentityService}";

    /// <summary>The <c>iss</c> of a pool's tokens.</summary>
    public string Of(PoolId pool) => $"{_base}/{pool}";

    /// <summary>The pool whose issuer this is, or null when it is nobody's here.</summary>
    public PoolId? PoolOf(string? issuer) =>
        issuer is not null && issuer.Length > _base.Length + 1 && issuer.StartsWith(_base, StringComparison.Ordinal) && issuer[_base.Length] == '/'
            ? new PoolId(issuer[(_base.Length + 1)..])
            : null;
}
