using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.Domains;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Answers a pool's configuration. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html</summary>
internal sealed class DescribeUserPool(IDatabase database, ResourceIds ids) : IOperation<DescribeUserPoolRequest, DescribeUserPoolResponse>
{
    public async ValueTask<DescribeUserPoolResponse> HandleAsync(DescribeUserPoolRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, users, prefix, custom) = await database.ReadAsync(async stores =>
        {
            var found = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            return (
                found,
                await stores.Users.EstimateCountAsync(found.Id, ct),
                await stores.Documents.FindByNameAsync(found.Id, DocumentKind.Domain, DomainMapping.Prefix, ct),
                await stores.Documents.FindByNameAsync(found.Id, DocumentKind.Domain, DomainMapping.Custom, ct));
        }, ct);
        return new DescribeUserPoolResponse
        {
            UserPool = UserPoolMapping.Described(pool, ids.Arn(pool.Id), users) with { Domain = prefix?.Key, CustomDomain = custom?.Key },
        };
    }
}
