using Poolhouse.Core.Groups;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>Makes a group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html</summary>
internal sealed class CreateGroup(IDatabase database) : IOperation<CreateGroupRequest, CreateGroupResponse>
{
    public async ValueTask<CreateGroupResponse> HandleAsync(CreateGroupRequest request, CallContext call, CancellationToken ct)
    {
        var group = await database.WriteAsync(unit => CreateAsync(unit, request, call.Now, ct), ct);
        return new CreateGroupResponse { Group = GroupMapping.ToWire(group) };
    }

    private static async ValueTask<Group> CreateAsync(IUnitOfWork unit, CreateGroupRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var pool = await ConfigurationChanges.PoolAsync(unit, request.UserPoolId!, ct);
        if (await unit.Groups.CountAsync(pool.Id, ct) >= Group.MostPerPool)
            throw CognitoException.LimitExceeded($"A user pool can have at most {Group.MostPerPool} groups.");
        var group = new Group
        {
            PoolId = pool.Id,
            Name = request.GroupName!,
            Description = request.Description,
            RoleArn = request.RoleArn,
            Precedence = request.Precedence,
            CreatedAt = now,
            ModifiedAt = now,
        };
        return await unit.Groups.CreateAsync(group, ct) ? group : throw CognitoException.GroupExists("A group with the name already exists.");
    }
}
