using Poolhouse.Core.Groups;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>Groups between Core and the wire.</summary>
internal static class GroupMapping
{
    /// <summary>API_GroupType.</summary>
    public static GroupType ToWire(Group group) => new()
    {
        GroupName = group.Name,
        UserPoolId = group.PoolId.Value,
        Description = group.Description,
        RoleArn = group.RoleArn,
        Precedence = group.Precedence,
        LastModifiedDate = group.ModifiedAt,
        CreationDate = group.CreatedAt,
    };

    /// <summary>The error for a group that isn't there.</summary>
    public static CognitoException NotFound() => CognitoException.ResourceNotFound("Group not found.");
}
