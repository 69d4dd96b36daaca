using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Roles;

/// <summary>Sets the roles of a pool, and how logins choose theirs. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html</summary>
internal sealed class SetIdentityPoolRoles(IdentityPoolChanges changes, RoleReading reading) : IOperation<SetIdentityPoolRolesInput, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(SetIdentityPoolRolesInput request, CallContext call, CancellationToken ct)
    {
        var roles = RoleReading.Roles(request.Roles!);
        await changes.ChangeSettingsAsync(
            request.IdentityPoolId!,
            settings => settings with { Roles = roles, RoleMappings = reading.Mappings(settings, request.RoleMappings) },
            call.Now,
            ct);
        return NoOutput.Instance;
    }
}
