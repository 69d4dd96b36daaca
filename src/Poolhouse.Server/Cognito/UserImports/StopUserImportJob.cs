using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Ends a job after the rows under way; its users stay. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StopUserImportJob.html</summary>
internal sealed class StopUserImportJob(IDatabase database, ImportJobs jobs, ImportMapping mapping, ImportSignal signal)
    : IOperation<StopUserImportJobRequest, StopUserImportJobResponse>
{
    public async ValueTask<StopUserImportJobResponse> HandleAsync(StopUserImportJobRequest request, CallContext call, CancellationToken ct)
    {
        var job = await jobs.JobAsync(request.UserPoolId!, request.JobId!, ct);
        if (!await database.WriteAsync(unit => unit.Imports.StopAsync(job.PoolId, job.Id, ct), ct))
            throw CognitoException.PreconditionNotMet("The user import job is neither Pending nor InProgress.");
        signal.Notify();
        return new StopUserImportJobResponse { UserImportJob = mapping.ToWire(await jobs.JobAsync(request.UserPoolId!, request.JobId!, ct), call.Now) };
    }
}
