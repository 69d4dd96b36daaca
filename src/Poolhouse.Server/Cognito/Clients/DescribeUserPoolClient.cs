using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>Answers a client's configuration, its secret included. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html</summary>
internal sealed class DescribeUserPoolClient(IDatabase database) : IOperation<DescribeUserPoolClientRequest, DescribeUserPoolClientResponse>
{
    public async ValueTask<DescribeUserPoolClientResponse> HandleAsync(DescribeUserPoolClientRequest request, CallContext call, CancellationToken ct)
    {
        var client = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            return await ConfigurationChanges.ClientAsync(stores, pool, request.ClientId!, ct);
        }, ct);
        return new DescribeUserPoolClientResponse { UserPoolClient = ClientMapping.ToWire(client) };
    }
}
