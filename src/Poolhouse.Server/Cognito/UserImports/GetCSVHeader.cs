using Poolhouse.Core.Imports;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>The columns that a pool's import files have. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html</summary>
internal sealed class GetCSVHeader(Resources resources) : IOperation<GetCSVHeaderRequest, GetCSVHeaderResponse>
{
    public async ValueTask<GetCSVHeaderResponse> HandleAsync(GetCSVHeaderRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        return new GetCSVHeaderResponse { UserPoolId = pool.Id.Value, CSVHeader = ImportHeader.Columns(pool) };
    }
}
