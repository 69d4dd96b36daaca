using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>A pool's jobs, newest first. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html</summary>
internal sealed class ListUserImportJobs(Resources resources, IDatabase database, ImportMapping mapping, PageTokens tokens)
    : IOperation<ListUserImportJobsRequest, ListUserImportJobsResponse>
{
    public async ValueTask<ListUserImportJobsResponse> HandleAsync(ListUserImportJobsRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.MaxResults, "maxResults");
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var after = tokens.Open(request.PaginationToken, nameof(ListUserImportJobs), request.UserPoolId);
        var page = await database.ReadAsync(stores => stores.Imports.ListAsync(pool.Id, limit, after, ct), ct);
        return new ListUserImportJobsResponse
        {
            UserImportJobs = [.. page.Items.Select(job => mapping.ToWire(job, call.Now))],
            PaginationToken = tokens.Seal(page.Next, nameof(ListUserImportJobs), request.UserPoolId),
        };
    }
}
