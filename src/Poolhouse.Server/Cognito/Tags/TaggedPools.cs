using Poolhouse.Core.Primitives;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tags;

/// <summary>The pool an ARN names; pools are all that has tags. They are the same tags as UserPoolTags.</summary>
internal sealed class TaggedPools(ResourceIds ids)
{
    private const string Resource = "userpool/";

    /// <summary>The pool's id; whether there is such a pool is still to be seen.</summary>
    /// <exception cref="CognitoException">Not the ARN of a user pool, or of one in another account or region.</exception>
    public string IdOf(string arn)
    {
        var name = arn[(arn.LastIndexOf(':') + 1)..];
        if (!arn.StartsWith("arn:aws:cognito-idp:", StringComparison.Ordinal) || !name.StartsWith(Resource, StringComparison.Ordinal))
            throw CognitoException.InvalidParameter("Invalid user pool ARN.");
        var id = name[Resource.Length..];
        return ids.Arn(new PoolId(id)) == arn ? id : throw CognitoException.ResourceNotFound($"User pool {id} does not exist.");
    }
}
