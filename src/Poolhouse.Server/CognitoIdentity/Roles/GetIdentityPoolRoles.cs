using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;
using WireMapping = Poolhouse.Protocol.CognitoIdentity.RoleMapping;

namespace Poolhouse.Server.CognitoIdentity.Roles;

/// <summary>The roles of a pool, and how logins choose theirs. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetIdentityPoolRoles.html</summary>
internal sealed class GetIdentityPoolRoles(IdentityPoolChanges pools) : IOperation<GetIdentityPoolRolesInput, GetIdentityPoolRolesResponse>
{
    public async ValueTask<GetIdentityPoolRolesResponse> HandleAsync(GetIdentityPoolRolesInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        return new GetIdentityPoolRolesResponse
        {
            IdentityPoolId = pool.Id.Value,
            Roles = IdentityMapping.OrNull(pool.Settings.Roles),
            RoleMappings = IdentityMapping.OrNull(pool.Settings.RoleMappings.ToDictionary(m => m.Key, m => ToWire(m.Value), StringComparer.Ordinal)),
        };
    }

    private static WireMapping ToWire(Core.Identities.RoleMapping mapping) => new()
    {
        Type = mapping.Type,
        AmbiguousRoleResolution = mapping.AmbiguousRoleResolution,
        RulesConfiguration = mapping.Rules is null ? null : new RulesConfigurationType
        {
            Rules = [.. mapping.Rules.Select(r => new MappingRule { Claim = r.Claim, MatchType = r.MatchType, Value = r.Value, RoleARN = r.RoleArn })],
        },
    };
}
