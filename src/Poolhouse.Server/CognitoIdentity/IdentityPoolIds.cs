using Microsoft.Extensions.Options;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Ids and ARNs of identity pools.</summary>
internal sealed class IdentityPoolIds(IRandom random, IOptions<ServerOptions> options)
{
    private const string Resource = "identitypool/";

    /// <summary><c>region:UUID</c>.</summary>
    public IdentityPoolId NewPool() => new($"{options.Value.Region}:{random.UuidText()}");

    /// <summary>A pool's ARN. The region is the pool's own, which may be older than the setting.</summary>
    public string Arn(IdentityPoolId pool) => $"arn:aws:cognito-identity:{pool.Region}:{options.Value.AccountId}:{Resource}{pool}";

    /// <summary>The pool of an ARN; whether there is such a pool is still to be seen.</summary>
    /// <exception cref="CognitoException">Not the ARN of an identity pool, or of one in another account or region.</exception>
    public string IdOf(string arn)
    {
        var at = arn.IndexOf(":" + Resource, StringComparison.Ordinal);
        if (!arn.StartsWith("arn:aws:cognito-identity:", StringComparison.Ordinal) || at < 0) throw CognitoException.InvalidParameter("Invalid identity pool ARN.");
        var id = new IdentityPoolId(arn[(at + 1 + Resource.Length)..]);
        return Arn(id) == arn ? id.Value : throw IdentityRefusals.Of(new IdentityRefusal.PoolNotFound(id));
    }
}
