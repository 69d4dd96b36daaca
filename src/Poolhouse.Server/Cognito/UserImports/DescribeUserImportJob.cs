using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>A job with its counts, which grow while it runs. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserImportJob.html</summary>
internal sealed class DescribeUserImportJob(ImportJobs jobs, ImportMapping mapping) : IOperation<DescribeUserImportJobRequest, DescribeUserImportJobResponse>
{
    public async ValueTask<DescribeUserImportJobResponse> HandleAsync(DescribeUserImportJobRequest request, CallContext call, CancellationToken ct) =>
        new() { UserImportJob = mapping.ToWire(await jobs.JobAsync(request.UserPoolId!, request.JobId!, ct), call.Now) };
}
