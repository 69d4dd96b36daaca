using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.UserImports;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Adds attributes to a pool's schema; none can be changed or removed later. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html</summary>
internal sealed class AddCustomAttributes(ConfigurationChanges changes) : IOperation<AddCustomAttributesRequest, AddCustomAttributesResponse>
{
    public async ValueTask<AddCustomAttributesResponse> HandleAsync(AddCustomAttributesRequest request, CallContext call, CancellationToken ct)
    {
        await changes.ChangePoolAsync(
            request.UserPoolId!,
            async (stores, pool) =>
            {
                await ImportJobs.DemandNoneAsync(stores, pool.Id, ct);
                return pool with { Schema = SchemaReading.Added(pool, request.CustomAttributes!) };
            },
            call.Now,
            ct);
        return new AddCustomAttributesResponse();
    }
}
