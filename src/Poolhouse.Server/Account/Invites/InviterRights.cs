using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Whether who invited might still do so: asked again when the invitation is used, since people leave and lose their groups.</summary>
internal sealed class InviterRights(IUserPools pools, IDatabase database)
{
    private const int GroupsPerPage = 60;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>Whether they stand.</summary>
    public async ValueTask<bool> StandAsync(Application application, Invite invite, Origin origin, CancellationToken ct)
    {
        // Nobody invited: the application itself asks for a confirmation.
        if (invite.Inviter is not { } id) return true;
        if (await database.ReadAsync(stores => stores.Accounts.FindAsync(id, ct), ct) is not { } inviter || inviter.Application != application.Name) return false;
        var pool = pools.Of(application);
        try
        {
            var request = new AdminGetUserRequest { UserPoolId = inviter.PoolId.Value, Username = inviter.PoolUsername };
            var user = await pool.CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, origin, ct);
            if (user.Enabled != true) return false;
            return (application.UsersMayInvite && invite.Kind == InviteKind.Account) || await IsOperatorAsync(pool, inviter, origin, ct);
        }
        catch (CognitoException gone) when (gone.Type is "UserNotFoundException" or "ResourceNotFoundException")
        {
            return false;
        }
    }

    private static async ValueTask<bool> IsOperatorAsync(IUserPoolGateway pool, Core.Accounts.Account inviter, Origin origin, CancellationToken ct)
    {
        string? next = null;
        do
        {
            var request = new AdminListGroupsForUserRequest
            {
                UserPoolId = inviter.PoolId.Value, Username = inviter.PoolUsername, Limit = GroupsPerPage, NextToken = next,
            };
            var page = await pool.CallAsync(
                "AdminListGroupsForUser", request, Json.AdminListGroupsForUserRequest, Json.AdminListGroupsForUserResponse, origin, ct);
            if (page.Groups?.Any(group => group.GroupName == SignedIn.Operators) == true) return true;
            next = page.NextToken;
        }
        while (next is not null);
        return false;
    }
}
